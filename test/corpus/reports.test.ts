import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkFile, generate, loadSpec } from '../../src/index.ts';
import { sharedFolder } from '../shared.ts';

/**
 * The cases of corpus/reports that `check` answers: what must be said, as a severity and words of rule, place or message; or that a
 * rule says nothing. Each case stands for its kind; the rules' own tests have others of it.
 */
const answers: Readonly<Record<string, readonly RegExp[] | { readonly none: RegExp }>> = {
  'acs-token': [/^warning retired-sign-in \S*Token\/inputs\/uri/],
  'arm-expression-inside-text': [/^warning .*inside/],
  'arm-secret-output': [/^warning .*output/],
  'body-of-recurrence': [/^warning .*triggerBody|^warning .*no body/],
  'cer-as-pfx': [/^warning pfx-source/],
  'client-certificate-to-sharepoint': [/^warning client-certificate-host/],
  'client-id-blank': [/^warning client-id/, /^warning single-tenant/],
  'client-id-no-guid': [/^warning client-id/],
  'connection-not-for-identity': [/^error .*identity/],
  'connection-without-authentication': [/^error .*authentication/],
  'connections-with-secrets': [/^warning .*connections\.json|^warning literal/],
  'connector-certificates-path': [/^warning certificate-identifier/],
  duration: { none: /loop-limits/ },
  'http-identity-without-identity': [/^error .*identity/],
  'key-at': [/^error expression-syntax/],
  'legacy-zip-with-folder': [/^error package-root/],
  'mcp-tool-signs-in': [/^warning literal-credential/],
  nested: { none: /expression-syntax/ },
  'no-contentversion': { none: /^error/ },
  'package-with-backslashes': { none: /./ },
  'password-with-vault-certificate': [/^info vault-certificate-password/],
  'scope-not-default': [/^warning token-request/],
  'secret-metadata': [/^warning pfx-source/],
  'secret-name': [/^warning secret-name/],
  'selfref-set': [/^error .*variable/],
  'setting-refers-to-certificate': [/^warning .*certificates/],
  'settings-file-incomplete': [/^warning .*deploymentSettings/],
  'sharepoint-verbose-value': [/^warning .*verbose/],
  'standard-long-name-and-token': { none: /^error/ },
  'standard-parameter-no-value': [/^error .*waitSeconds/],
  'tenant-is-sharepoint': [/^warning single-tenant/],
  'tenant-placeholder': { none: /single-tenant/ },
  'tracked-other': [/^error tracked-properties/],
  'tracked-self': { none: /./ },
  'trigger-signs-in': [/^warning literal-credential \S*password/, /^warning single-tenant/, /^warning audience/],
  'user-assigned-identity-not-named': [/^error .*identity/],
  'vault-audience': [/^warning audience/],
  waiting: [/^error .*maximumWaitingRuns/],
  'wdl-schema': [/holds no workflow/],
  'workflow-without-identity': [/^error .*identity/],
  'zip-with-folder': [/^error package-root/],
  'zip-without-content-types': [/^error package-root|^error .*Content_Types/],
};

/** Cases of other commands: `cert inspect`, `explain`, `generate`, `setup`, and the message about a Bicep file. */
const elsewhere =
  /^(?:explain-.*|pfx-.*|base64url-or-quoted-pfx|bicep-file|right-on-another-site|sharepoint-without-accept|README)$/;

const nameOf = (file: string) => file.replace(/\.(?:md|json|zip|txt|pfx|bicep|certflow\.yaml)$/, '');

async function found(path: string): Promise<string[]> {
  try {
    return (await checkFile(path)).map(
      ({ severity, rule, pointer, file = '', message }) => `${severity} ${rule} ${pointer} ${file.slice(path.length)} ${message}`,
    );
  } catch (error) {
    return [(error as Error).message];
  }
}

describe('public reports of trouble', () => {
  test('each case has its answer here', (context) => {
    const names = new Set(readdirSync(`${sharedFolder(context)}/corpus/reports`).map(nameOf));
    const ours = [...names].filter((name) => !name.startsWith('good-') && !elsewhere.test(name));
    expect(ours.sort()).toEqual(Object.keys(answers).sort());
  });

  test.for(Object.keys(answers))('%s', async (name, context) => {
    const folder = `${sharedFolder(context)}/corpus/reports/${name}`;
    const path = ['', '.json', '.zip'].map((end) => folder + end).find((each) => existsSync(each)) ?? folder;
    const lines = await found(path);
    const wanted = answers[name] ?? [];
    const isRight =
      'none' in wanted
        ? !lines.some((line) => wanted.none.test(line))
        : wanted.every((words) => lines.some((line) => words.test(line)));
    expect({ isRight, lines }).toEqual({ isRight: true, lines });
  });

  test('of their good twins nothing is said', async (context) => {
    const folder = `${sharedFolder(context)}/corpus/reports`;
    const good = readdirSync(folder).filter((name) => name.startsWith('good-'));
    expect(good.length).toBeGreaterThan(5);
    for (const name of good) expect([name, await found(`${folder}/${name}`)]).toEqual([name, []]);
  });

  test('a call of SharePoint that names no accept asks for JSON', async (context) => {
    const spec = await loadSpec(`${sharedFolder(context)}/corpus/reports/sharepoint-without-accept.certflow.yaml`);
    const files = await generate(spec, { format: 'definition' });
    const definition = files.find(({ path }) => path.endsWith('definition.json'));
    expect(definition?.contents).toContain('"accept": "application/json;odata=nometadata"');
  });
});
