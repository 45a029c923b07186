import { expect, test } from 'vitest';
import { groundOf } from '../../src/cli/ground-of.ts';
import { certflow } from '../cli/run.ts';
import { folderOf } from '../folder.ts';
import { baseSpec, specOf } from '../specs.ts';
import { emulator } from './start.ts';

/** A spec of another tenant than the emulator's own, by its domain. */
const fabrikam = {
  ...baseSpec,
  appRegistration: {
    ...baseSpec.appRegistration,
    tenantId: 'fabrikam.onmicrosoft.com',
    permissions: [
      {
        api: 'sharepoint',
        roles: ['Sites.Selected'],
        sites: [{ url: 'https://fabrikam.sharepoint.com/sites/hr', role: 'read' }],
      },
    ],
  },
  requests: [{ name: 'Get lists', url: 'https://fabrikam.sharepoint.com/sites/hr/_api/web/lists' }],
};

async function around(spec: object) {
  const { cloudFile } = await emulator({ ground: groundOf(specOf(spec)) });
  const file = `${folderOf({ 'certflow.yaml': spec })}/certflow.yaml`;
  return (...args: string[]) => certflow(...args, file, '--cloud-file', cloudFile);
}

test.each([
  ['rbac', baseSpec],
  ['policy', { ...baseSpec, vault: { ...baseSpec.vault, access: 'policy' } }],
])('whoever tries certflow may see when certificates end, in a vault with %s', async (_, spec) => {
  const run = await around(spec);
  const { code, stdout } = await run('cert', 'expiring');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^fine +sharepoint-cert in kv-contoso-dev until/)]);
});

test('the domains and hosts of a spec are those of the tenant: it is set up, deployed and run', async () => {
  const run = await around(fabrikam);
  const plan = JSON.parse((await run('setup', '--plan', '--json')).stdout).plan;
  expect(plan.filter(({ state }: { state: string }) => state === 'blocked')).toEqual([]);
  const { code, stdout } = await run('deploy', '--yes', '--run');
  expect([code, stdout]).toEqual([0, expect.stringContaining('Succeeded  Get_lists')]);
});

test('a host that no spec names is still none of the tenant', async () => {
  const { cloudFile } = await emulator({ ground: groundOf(specOf(baseSpec)) });
  const elsewhere = {
    ...fabrikam,
    appRegistration: { ...fabrikam.appRegistration, tenantId: baseSpec.appRegistration.tenantId },
  };
  const file = `${folderOf({ 'certflow.yaml': elsewhere })}/certflow.yaml`;
  expect((await certflow('setup', '--plan', file, '--cloud-file', cloudFile)).stdout).toContain(
    'there is no such site in this tenant',
  );
});
