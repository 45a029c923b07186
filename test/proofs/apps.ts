import type { ArmResource } from '../../src/emulator/state.ts';
import type { Break } from './breaks.ts';
import { subscription, type World } from './world.ts';

/** Breaks of what only apps have. */

const site = `/subscriptions/${subscription}/resourceGroups/rg-web/providers/Microsoft.Web/sites/app-contoso`;

export const appService = { targets: { appService: { subscription, resourceGroup: 'rg-web', site: 'app-contoso' } } };
export const standard = {
  targets: {
    standard: { subscription, resourceGroup: 'rg-web', location: 'westeurope', site: 'app-contoso', existingSite: false },
  },
};

function change({ state }: World, id: string, properties: object) {
  const found = state.resources.get(id.toLowerCase()) as ArmResource;
  state.resources.set(id.toLowerCase(), { ...found, properties: { ...found.properties, ...properties } });
}

function changeFile({ state }: World, path: string, edit: (text: string) => string) {
  const found = state.projects.get(site.toLowerCase());
  if (found)
    state.projects.set(site.toLowerCase(), { ...found, files: { ...found.files, [path]: edit(found.files[path] ?? '') } });
}

const started = /^az webapp start --ids \S+app-contoso$/;

export const appBreaks: readonly Break[] = [
  {
    what: 'an app that is stopped',
    link: 'app',
    found: /app-contoso is stopped/,
    command: started,
    break: (world) => change(world, site, { state: 'Stopped' }),
  },
  {
    what: 'a setting that somebody changed',
    link: 'settings',
    found: /ClientId is not as the spec says/,
    command: /^certflow deploy \S+ --target app-service --cloud-file cloud\.json$/,
    break: (world) => change(world, `${site}/config/appsettings`, { ...settingsOf(world), ClientId: 'other' }),
  },
  {
    what: 'a reference that nothing resolves',
    link: 'Key Vault reference',
    found: /Certificate is not resolved \(SecretNotFound/,
    command: /^certflow deploy \S+ --target app-service/,
    // The certificate shows, and its secret does not.
    break: ({ state }) => {
      state.secrets.delete('kv-contoso-dev/sharepoint-cert');
    },
  },
];

function settingsOf({ state }: World): object {
  return state.resources.get(`${site}/config/appsettings`.toLowerCase())?.properties ?? {};
}

const deploy = /^certflow deploy \S+ --target standard --cloud-file cloud\.json$/;

export const standardBreaks: readonly Break[] = [
  {
    what: 'a workflow that is not in its app',
    link: 'workflow',
    found: /hr-lists is not in app-contoso/,
    command: deploy,
    break: ({ state }) => state.projects.clear(),
  },
  {
    what: 'parameters that somebody changed',
    link: 'values',
    found: /parameters\.json is not as the spec says/,
    command: deploy,
    break: (world) =>
      changeFile(world, 'parameters.json', (text) => text.replace(/@appsetting\('[^']*tenantId'\)/, 'contoso.com')),
  },
  {
    what: 'a client id that somebody wrote into the action of an app',
    link: 'values',
    found: /the client id of Get_lists is "99999999-.*", and is a setting of the app otherwise/,
    command: deploy,
    break: (world) =>
      changeFile(world, 'hr-lists/workflow.json', (text) =>
        text.replace(/"clientId":\s*"[^"]*"/, '"clientId": "99999999-9999-9999-9999-999999999999"'),
      ),
  },
  {
    what: 'outputs of Get secret that are not hidden, in an app',
    link: 'secrets',
    found: /Get_secret/,
    command: deploy,
    break: (world) =>
      changeFile(world, 'hr-lists/workflow.json', (text) => {
        const file = JSON.parse(text);
        delete file.definition.actions.Get_secret.runtimeConfiguration;
        return JSON.stringify(file);
      }),
  },
];
