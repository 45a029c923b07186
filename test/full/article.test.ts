import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { privateKeyToPem } from '../../src/certificate/index.ts';
import { workflowProblem } from '../../src/cli/workflow-problem.ts';
import { parseSpec, readPfx } from '../../src/index.ts';
import { certflowWith } from '../cli/run.ts';
import { emulator } from '../emulator/start.ts';
import { folderOf } from '../folder.ts';

const password = 'canary-Pässword-1';

const specText = `# Reads the lists of the HR site.
name: hr-lists
trigger: { manual: {} }   # by hand
appRegistration:
  tenantId: 11111111-1111-1111-1111-111111111111
  displayName: HR lists reader
  permissions:
    - { api: sharepoint, roles: [Sites.Selected], sites: [{ url: https://contoso.sharepoint.com/sites/hr, role: read }] }
vault: { name: kv-contoso-dev, resourceGroup: rg-shared }
certificate: { name: sharepoint-cert }
requests:
  - name: Get lists
    url: https://contoso.sharepoint.com/sites/hr/_api/web/lists
targets:
  consumption: { subscription: 33333333-3333-3333-3333-333333333333, resourceGroup: rg-flows, location: westeurope }
`;

/** Laura Kokkarinen's article, from its first step to its last, by the commands of this project. */
test('the whole article: create, set up, generate, deploy, run, rotate', async () => {
  const { cloudFile, requests } = await emulator({ validateWorkflow: workflowProblem });
  const folder = folderOf({ 'certflow.yaml': specText });
  const spec = join(folder, 'certflow.yaml');
  const printed: string[] = [];
  const certflow = async (...args: string[]) => {
    const run = await certflowWith({ PFX_PASSWORD: password }, ...args);
    printed.push(run.stdout, run.stderr);
    return run;
  };
  const azure = (...args: string[]) => certflow(...args, '--cloud-file', cloudFile);

  const created = await certflow(
    'cert',
    'create',
    '--subject',
    'CN=HR lists reader',
    '--out',
    `${folder}/`,
    '--password-env',
    'PFX_PASSWORD',
  );
  expect(created.code).toBe(0);
  const pfx = join(folder, 'hr-lists-reader.pfx');
  const given = ['--pfx', pfx, '--password-env', 'PFX_PASSWORD'];

  const planned = await azure('setup', spec, '--plan', '--exit-code', ...given);
  expect([planned.code, planned.stdout]).toEqual([3, expect.stringMatching(/^to create +vault kv-contoso-dev/m)]);
  const done = await azure('setup', spec, '--yes', ...given);
  expect([done.code, done.stderr]).toEqual([0, expect.stringContaining('Done.')]);
  const after = readFileSync(spec, 'utf8');
  const clientId = parseSpec(after).environments.get('')?.appRegistration.clientId;
  expect(after).toBe(specText.replace(/(tenantId: .*\n)/, `$1  clientId: ${clientId}\n`));

  const generated = await certflow('generate', spec, '--format', 'arm', '--out', join(folder, 'out'));
  expect(generated.code).toBe(0);
  const deployed = await azure('deploy', spec, '--yes', '--run');
  expect([deployed.code, deployed.stdout]).toEqual([
    0,
    expect.stringMatching(/Succeeded {2}Get_secret {2}[\d.]+ s\n.*Succeeded {2}Get_lists/),
  ]);

  // What was left to the deployment is there now, by the very assignment that the templates name.
  const ready = await azure('setup', spec, '--plan', '--json');
  const { plan } = JSON.parse(ready.stdout);
  expect(plan.filter(({ part }: { part: string }) => part === 'grant')).toEqual([
    {
      part: 'grant',
      name: 'the Logic App "hr-lists" reads the vault',
      state: 'present',
      detail: 'by the role Key Vault Secrets User',
    },
  ]);

  expect((await azure('cert', 'rotate', spec, '--yes')).stdout).toContain('The old one works until it is removed');
  expect((await azure('cert', 'rotate', spec, '--finish', '--overlap', '0', '--yes')).stdout).toContain(
    'the old one was removed',
  );
  const again = await azure('deploy', spec, '--yes', '--run');
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('Succeeded  Get_lists')]);

  // Password and key: nowhere but in the PFX, and on the way into the vault.
  const { privateKey } = await readPfx(readFileSync(pfx), { password });
  const key = privateKeyToPem(privateKey, undefined);
  // Not from its beginning, where the public numbers stand, which the certificate holds too.
  const canaries = [password, key.split('\n')[15] as string, readFileSync(pfx).toString('base64').slice(400, 460)];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.pfx'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  for (const canary of canaries) {
    expect(printed.join('\n')).not.toContain(canary);
    expect(files.join('\n')).not.toContain(canary);
    const outside = requests().filter(
      ({ service, body, url, answer }) => service !== 'vault' && `${url}${body}${answer?.body}`.includes(canary),
    );
    expect(outside.map(({ method, url }) => `${method} ${url}`)).toEqual([]);
  }
});
