import type { Definition } from '../../definition/definition.ts';
import { isGroup, member } from '../../definition/walk.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { appServiceTarget } from '../../formats/app-service/target.ts';
import { vaultAccess } from '../../formats/azure-target.ts';
import type { GeneratedFile } from '../../formats/format.ts';
import { workflowName } from '../../formats/standard-project/names.ts';
import { standardTarget } from '../../formats/standard-project/target.ts';
import { exportPackage, generate } from '../../generate.ts';
import type { Environment, Spec } from '../../spec/spec.ts';
import type { AppServiceJob, Place, StandardJob } from './job-types.ts';
import { deploymentOf, jsonOf, named, siteId, templateOf, vaultIdOf, withoutVaultAccess } from './parts.ts';

/** Sources: Microsoft's list of operations of Microsoft.Web. */
const rights = [
  'Microsoft.Web/sites/read',
  'Microsoft.Web/sites/write',
  'Microsoft.Web/sites/config/read',
  'Microsoft.Web/sites/config/write',
  'Microsoft.Web/sites/config/list/action',
];
const planRights = ['Microsoft.Web/serverfarms/read', 'Microsoft.Web/serverfarms/write', 'Microsoft.Web/serverfarms/join/action'];

/** Makes and checks what a web app gets. Throws what `generate` throws. */
export function appServiceJobOf(spec: Spec, environment: Environment): AppServiceJob {
  const notes: Diagnostic[] = [];
  const { newSite, site, ...place } = appServiceTarget({ spec, environment });
  const files = generate(spec, { ...named(environment), format: 'app-service', report: (note) => notes.push(note) });
  const target = { ...place, ...(newSite && { location: newSite.location }) };
  return {
    ...common(spec, environment, target, { site, files, written: environment.targets.appService ?? {} }),
    targetName: 'app-service',
    notes,
    site: siteOf(target, site, newSite !== undefined),
    made: newSite
      ? [
          { what: 'App Service plan', name: newSite.plan },
          { what: 'app', name: site },
        ]
      : [],
    rights: [...rights, ...(newSite ? planRights : [])],
    role: 'Website Contributor',
  };
}

/** Makes and checks a workflow for Logic Apps (Standard). Throws what `generate` throws. */
export function standardJobOf(spec: Spec, environment: Environment): StandardJob {
  const notes: Diagnostic[] = [];
  const { newSite, site, ...target } = standardTarget({ spec, environment });
  const options = { ...named(environment), format: 'standard-project' } as const;
  const files = generate(spec, { ...options, report: (note) => notes.push(note) });
  const name = workflowName(spec, environment);
  const projectFile = (path: string) => [path, jsonOf(files, `project/${path}`)] as const;
  const { parameters } = templateOf(files);
  const parameterValue = (parameter: string) => String(parameters[parameter]?.value);
  const isManaged = environment.targets.standard?.keyVaultConnector === 'managed';
  const settings = common(spec, environment, target, { site, files, written: environment.targets.standard ?? {} });
  return {
    ...settings,
    targetName: 'standard',
    notes,
    site: siteOf(target, site, newSite !== undefined),
    workflowName: name,
    definition: member(jsonOf(files, `${name}/workflow.json`), 'definition') as Definition,
    zip: exportPackage(spec, options),
    files: Object.fromEntries([`${name}/workflow.json`, 'connections.json', 'parameters.json'].map(projectFile)),
    made: [
      ...(newSite
        ? [
            { what: 'storage account', name: newSite.storageAccount },
            { what: 'log workspace', name: parameterValue('logWorkspaceName') },
            { what: 'Application Insights', name: parameterValue('applicationInsightsName') },
            { what: 'App Service plan', name: newSite.plan },
            { what: 'app', name: site },
          ]
        : []),
      ...(isManaged ? [{ what: 'Key Vault connection', name: parameterValue('connectionName') }] : []),
    ],
    rights: [
      ...rights,
      'Microsoft.Web/sites/publish/action',
      ...(newSite
        ? [
            ...planRights,
            'Microsoft.Storage/storageAccounts/write',
            'Microsoft.Storage/storageAccounts/listKeys/action',
            'Microsoft.OperationalInsights/workspaces/write',
            'Microsoft.Insights/components/write',
          ]
        : []),
      ...(isManaged ? ['Microsoft.Web/connections/write', 'Microsoft.Web/connections/read'] : []),
    ],
    role: newSite ? 'Contributor' : 'Website Contributor',
  };
}

function siteOf(place: Place, name: string, isNew: boolean) {
  return { id: siteId(place, name), name, isNew };
}

function common(
  spec: Spec,
  environment: Environment,
  target: Place,
  {
    site,
    files,
    written,
  }: {
    readonly site: string;
    readonly files: readonly GeneratedFile[];
    readonly written: Parameters<typeof vaultAccess>[1];
  },
) {
  const { template, parameters } = templateOf(files);
  const access = vaultAccess(environment, written);
  return {
    spec,
    environment,
    target,
    deployment: deploymentOf(target, `${site}-${spec.name}`),
    vaultId: vaultIdOf(environment, target),
    ...(access && { vaultAccess: access }),
    settings: settingsOf(template, parameters),
    template: ({ givesAccess }: { readonly givesAccess: boolean }) => ({
      template: givesAccess ? template : withoutVaultAccess(template),
      parameters,
    }),
  };
}

/** The settings of a template, but those that Azure itself works out: the value of a parameter, or a text. */
function settingsOf(
  { resources }: ReturnType<typeof templateOf>['template'],
  parameters: ReturnType<typeof templateOf>['parameters'],
): Record<string, string> {
  const module = resources.find(({ name }) => name.includes('-app-settings'));
  const written = member(module, 'properties', 'parameters', 'appSettings', 'value');
  const values = Object.entries(isGroup(written) ? written : {}).flatMap(([name, value]): [string, string][] => {
    const text = String(value);
    const [, parameter] = /^\[parameters\('(\w+)'\)\]$/.exec(text) ?? [];
    if (parameter !== undefined) return [[name, String(parameters[parameter]?.value)]];
    if (!text.startsWith('[') || !text.endsWith(']')) return [[name, text]];
    // The other half of `escapeArm`.
    return text.startsWith('[[') ? [[name, text.slice(1)]] : [];
  });
  return Object.fromEntries(values);
}
