import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Spec, SpecError } from '../../src/index.ts';
import { aimsOf } from '../../src/setup/aims.ts';
import { guide, setupScript } from '../../src/setup/guide/guide.ts';
import { ps, sh } from '../../src/setup/guide/quote.ts';
import { azProblem } from '../az.ts';
import { folderOf } from '../folder.ts';
import { specOf } from '../specs.ts';

const tenantId = '11111111-1111-1111-1111-111111111111';
const place = { subscription: '33333333-3333-3333-3333-333333333333', resourceGroup: 'rg-flows' };
const hostile = `O'Brien "x" $(touch pwned) \`touch pwned\` \\ ; & | <b> #`;

const everything = {
  appRegistration: {
    tenantId,
    displayName: hostile,
    permissions: [
      { api: 'sharepoint', roles: ['Sites.Selected'], sites: [{ url: 'https://contoso.sharepoint.com/sites/hr', role: 'read' }] },
      { api: 'api://orders', roles: ['Orders.Read'] },
    ],
  },
  vault: { name: 'kv-contoso-dev', resourceGroup: 'rg-shared' },
  targets: {
    consumption: { ...place, location: 'westeurope' },
    standard: { ...place, site: 'logic-contoso' },
    powerAutomate: { connectionOwner: 'flows@contoso.com' },
  },
};

const aim = (spec: Spec) => aimsOf(spec, spec.environments.get('') as never);

const bin = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url));

/** Runs a script with an `az` that writes down its standard input and what it was called with, and answers as if nothing were there. */
function run(script: string) {
  const folder = folderOf({
    'setup.sh': script,
    'bin/az': `#!/usr/bin/env bash
[ -t 0 ] || stdin=$(cat)
printf '%s\\0' "$stdin" "$@" >> "$CALLS"; printf '\\n' >> "$CALLS"
case "$1 $2 $3" in
  'group show '*|'keyvault show '*|'keyvault certificate show') case "$*" in *x509ThumbprintHex*) echo AABB;; *) exit 3;; esac;;
  'ad sp show') [ "$6" = --query ] && echo role-id && exit 0; exit 3;;
  'ad app create') echo new-app;;
  'ad sp list') echo api-app;;
  'ad signed-in-user show') echo me;;
  'resource show '*) echo principal;;
  'ad user show') echo user;;
esac
`,
    // Nobody is there to type a password.
    'bin/certflow': `#!/usr/bin/env bash\nexec '${process.execPath}' '${bin}' "$@" --no-password >/dev/null 2>&1\n`,
  });
  for (const name of ['az', 'certflow']) chmodSync(join(folder, 'bin', name), 0o755);
  const calls = join(folder, 'calls');
  const { status, stderr } = spawnSync('bash', ['setup.sh'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CALLS: calls, PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
  });
  const lines = existsSync(calls) ? readFileSync(calls, 'utf8').split('\0\n') : [];
  const given = lines.map((line) => line.split('\0'));
  // Whatever the case is about: the Azure CLI has each command, with each option.
  const problems = given.map(([, ...words]) => (words.length === 0 ? undefined : azProblem(words)));
  expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
  return { folder, status, stderr, given, calls: given.map(([, ...words]) => words) };
}

/**
 * What the Azure CLI makes of its arguments: the content of a file in the place of `@file`, and whatever begins with `-` is an option.
 * Source: Azure/azure-cli, azure/cli/core/commands/__init__.py, `_expand_file_prefixed_files`.
 */
function valuesOf([stdin = '', ...given]: readonly string[]) {
  const loaded = (text: string) =>
    !/^@./s.test(text) ? text : text === '@-' ? stdin.replace(/\n+$/, '') : `content of ${text.slice(1)}`;
  const words: string[] = [];
  const options = new Map<string, string>();
  let option: string | undefined;
  for (const argument of given) {
    const [, before, after] = /^([^=]*)=(.*)$/s.exec(argument) ?? [];
    const text = before === undefined || after === undefined ? loaded(argument) : `${before}=${loaded(after)}`;
    const [, name, value] = /^(--?[\w-]+)(?:=(.*))?$/s.exec(text) ?? [];
    if (name !== undefined && value !== undefined) options.set(name, value);
    else if (option !== undefined && name === undefined) options.set(option, text);
    else if (name === undefined) words.push(text);
    option = value === undefined ? name : undefined;
  }
  return { words, options };
}

const posix = test.skipIf(process.platform === 'win32');

describe('the script for the Azure CLI', () => {
  posix('does every step, takes its own right back, and hands over what the spec says, whatever is in it', () => {
    const { folder, status, stderr, calls } = run(setupScript(aim(specOf(everything)), 'az'));
    expect([status, stderr]).toEqual([0, '']);
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
    const starts = calls.map((call) => call.slice(0, 3).join(' '));
    for (const start of [
      'group create --name',
      'keyvault create --name',
      'keyvault certificate create',
      'ad app create',
      'ad app credential',
      'ad app permission',
      'role assignment create',
      'webapp identity assign',
    ])
      expect(starts).toContain(start);
    const create = calls.find((call) => call.slice(0, 3).join(' ') === 'ad app create') ?? [];
    expect(create[create.indexOf('--display-name') + 1]).toBe(hostile);
    const roles = calls.filter((call) => call.slice(0, 3).join(' ') === 'role assignment create');
    expect(roles.map((call) => call[4])).toEqual([
      'Key Vault Certificates Officer',
      'Key Vault Secrets User',
      'Key Vault Secrets User',
      'Key Vault Secrets User',
    ]);
    expect(calls.at(-2)?.slice(0, 3)).toEqual(['role', 'assignment', 'delete']);
    const policy = calls.find((call) => call.slice(0, 3).join(' ') === 'keyvault certificate create')?.at(-1) ?? '';
    expect(JSON.parse(policy).keyProperties).toEqual({ exportable: true, keyType: 'RSA', keySize: 2048, reuseKey: false });
    const grant = calls.find((call) => call[0] === 'rest' && call.includes('post'))?.at(-1) ?? '';
    expect(JSON.parse(grant)).toEqual({
      roles: ['read'],
      grantedToIdentities: [{ application: { id: 'new-app', displayName: 'certflow' } }],
    });
  });

  posix('hands over names that the Azure CLI would take for options or files', () => {
    const names = {
      vault: { name: 'kv-contoso-dev', resourceGroup: '-rg' },
      certificate: { name: '-cert' },
      targets: { powerAutomate: { connectionOwner: '@a' }, consumption: { ...place, location: 'westeurope' } },
    };
    for (const displayName of ['@/etc/hostname', 'x=@/etc/hostname', '-x', '@-']) {
      const appRegistration = { ...everything.appRegistration, displayName };
      const { status, stderr, given } = run(setupScript(aim(specOf({ ...everything, ...names, appRegistration })), 'az'));
      expect([status, stderr]).toEqual([0, '']);
      const all = given.map(valuesOf);
      const called = (start: string) => all.find(({ words }) => words.join(' ').startsWith(start))?.options;
      expect(called('ad app create')?.get('--display-name')).toBe(displayName);
      expect(called('ad app list')?.get('--filter')).toBe(`displayName eq '${displayName}'`);
      expect(called('ad user show')?.get('--id')).toBe('@a');
      expect(called('group create')?.get('--name')).toBe('-rg');
      expect(called('keyvault certificate create')?.get('--name')).toBe('-cert');
      expect(called('keyvault certificate create')?.get('--policy')).toContain(`CN=${displayName.replaceAll(/[=]/g, ' ')}"`);
      expect(called('keyvault certificate download')?.get('--file')).toBe('./-cert.pem');
      expect(called('ad app credential reset')?.get('--cert')).toBe('content of ./-cert.pem');
    }
  });

  posix('takes the right back also where a step fails', () => {
    const script = setupScript(aim(specOf(everything)), 'az').replace('az keyvault certificate show', 'exit 7; az');
    const { calls, status } = run(script);
    expect(status).toBe(7);
    expect(calls.at(-2)?.slice(0, 3)).toEqual(['role', 'assignment', 'delete']);
  });

  posix('any text is one word of the shell', () => {
    const text = fc.string({ unit: 'binary' }).filter((one) => !/[\0\ud800-\udfff]/.test(one));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 300 }), (words) => {
        const { stdout } = spawnSync('bash', ['-c', `printf '%s\\0' ${words.map(sh).join(' ')}`], { encoding: 'utf8' });
        expect(stdout.split('\0').slice(0, -1)).toEqual(words);
      }),
      // Many words at once: it is starting the shell that takes long.
      { numRuns: 6 },
    );
  });
});

test('a string of PowerShell ends where it should: every kind of quote that PowerShell knows is doubled', () => {
  expect(ps("it's ‘so’ $x `n")).toBe("'it''s ‘‘so’’ $x `n'");
});

describe('the guide', () => {
  test('names every thing of the spec, who may do it, and both ways to do it', () => {
    const text = guide(aim(specOf({ ...everything, appRegistration: { ...everything.appRegistration, displayName: 'HR' } })));
    const titles = [...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect(titles).toEqual([
      'Do you need a certificate at all?',
      '1. Make the vault kv-contoso-dev',
      '2. Make the certificate sharepoint-cert in the vault',
      '3. Register the application HR',
      '4. Put the certificate on the app registration',
      '5. Ask for the permissions, and consent to them',
      '6. Give the application its rights on the sites',
      '7. Let the Logic App "hr-lists" read the certificate',
      '8. Let the Logic App (Standard) "logic-contoso" read the certificate',
      '9. Let flows@contoso.com, who signs in to the connection of the flow, read the certificate',
      '10. Make and deploy the workflow',
      '11. Or: put the two actions into a workflow that is there',
    ]);
    expect(text.match(/^Who may do it: /gm)).toHaveLength(9);
    expect(text.match(/^```sh$/gm)).toHaveLength(12);
    expect(text.match(/^```powershell$/gm)).toHaveLength(9);
    expect(text).toContain('Sites.Selected');
    expect(text).toContain('/sites/contoso.sharepoint.com:/sites/hr');
  });

  test('what the user wrote cannot become markup', () => {
    const text = guide(
      aim(specOf({ ...everything, appRegistration: { tenantId, displayName: '<img src=x> **b**\n```\n## x' } })),
    );
    expect(text.replaceAll(/^(`{3,})\w+\n[\s\S]*?^\1$/gm, '')).not.toMatch(/^## x/m);
    expect(text).toContain('\\<img src=x\\> \\*\\*b\\*\\*');
  });

  test('tells where a managed identity would do, and where not', () => {
    const requests = [
      { name: 'A', url: 'https://graph.microsoft.com/v1.0/users' },
      { name: 'B', url: 'https://partner.example.com/x', signIn: 'clientCertificate' },
    ];
    const consumption = guide(aim(specOf({ ...everything, requests })));
    expect(consumption).toMatch(/^\| A \| would do \| .*Microsoft Graph/m);
    expect(consumption).toMatch(/^\| B \| will not do \| .*mutual TLS/m);
    const flow = specOf({
      ...everything,
      requests,
      vault: { name: 'kv-contoso-dev', ...place },
      targets: { powerAutomate: { connectionOwner: 'a@contoso.com' } },
    });
    expect(guide(aim(flow))).toMatch(/^\| A \| will not do \| .*Power Automate/m);
  });

  test('the clouds have their own addresses', () => {
    const china = specOf({
      ...everything,
      cloud: 'china',
      requests: [{ name: 'A', url: 'https://microsoftgraph.chinacloudapi.cn/v1.0/users' }],
    });
    const script = setupScript(aim(china), 'az');
    expect(script).toContain('az cloud set --name AzureChinaCloud');
    expect(script).toContain('https://microsoftgraph.chinacloudapi.cn/v1.0/sites/');
    expect(setupScript(aim(china), 'powershell')).toContain("Connect-MgGraph -Environment 'China'");
  });
});

describe("a developer's machine", () => {
  const spec = specOf({ ...everything, environments: { prod: {}, local: {} } });
  const local = aimsOf(spec, spec.environments.get('local') as never);

  test('has a guide without vault, roles and deployment', () => {
    const text = guide(local);
    const titles = [...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect(titles).toEqual([
      '1. Make the certificate file hr-lists-local.pfx',
      expect.stringMatching(/^2\. Register the application .*\(local\)$/),
      '3. Put the certificate on the app registration',
      '4. Ask for the permissions, and consent to them',
      '5. Give the application its rights on the sites',
      '6. Make the settings for debugging',
    ]);
    expect(text).not.toMatch(/keyvault|KeyVault|role assignment|AzRoleAssignment|webapp/);
    expect(text).toContain('as environments.local.appRegistration.clientId');
    expect(setupScript(local, 'powershell')).not.toMatch(/KeyVault|AzRoleAssignment/);
  });

  posix('its script makes the file, and puts its public part on the registration', () => {
    const { folder, status, stderr, calls } = run(setupScript(local, 'az'));
    expect([status, stderr]).toEqual([0, '']);
    const pem = readFileSync(join(folder, 'hr-lists-local.pem'), 'utf8');
    expect(pem).not.toContain('PRIVATE KEY');
    const { fingerprint, subject } = new X509Certificate(pem);
    expect(subject).toContain('(local)');
    const listed = calls.find((call) => call.slice(0, 4).join(' ') === 'ad app credential list') ?? [];
    expect(listed.join(' ')).toContain(`customKeyIdentifier=='${fingerprint.replaceAll(':', '')}'`);
    const added = calls.find((call) => call.slice(0, 4).join(' ') === 'ad app credential reset') ?? [];
    expect(added).toContain('@hr-lists-local.pem');
    expect(calls.filter(([service]) => service === 'keyvault' || service === 'role')).toEqual([]);
  });
});

test('what setting up needs and the spec lacks is told with its place', () => {
  const spec = specOf({
    vault: { name: 'kv-contoso-dev' },
    appRegistration: {
      tenantId,
      permissions: [{ api: 'sharepoint', roles: ['Sites.Selected'], sites: [{ url: 'hr', role: 'read' }] }],
    },
    targets: {},
  });
  const mistakes = () => {
    try {
      aim(spec);
    } catch (error) {
      return error instanceof SpecError ? error.diagnostics.map(({ pointer, message }) => `${pointer} ${message}`) : [error];
    }
    return [];
  };
  expect(mistakes()).toEqual([
    '/appRegistration/permissions/0/sites/0/url "hr" is not the address of a SharePoint site',
    '/vault/subscription vault.subscription is missing, and no target has one',
    '/vault/resourceGroup vault.resourceGroup is missing, and no target has one',
  ]);
});
