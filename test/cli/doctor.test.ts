import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createCertificate, writePfx } from '../../src/certificate/index.ts';
import { addRoleAssignment } from '../../src/emulator/arm/role-assignments.ts';
import { deployerAppId } from '../../src/emulator/deployer.ts';
import { principalByAppId } from '../../src/emulator/entra/directory.ts';
import { subscription } from '../emulator/azure.ts';
import { folderOf } from '../folder.ts';
import { readyCloud, specFile } from '../integration/cloud.ts';
import { baseSpec } from '../specs.ts';
import { certflow } from './run.ts';

const targets = { consumption: { ...baseSpec.targets.consumption, resourceGroup: 'rg-flows' } };

test('every link is told with how it is known and its cure, before and after deployment; the answer of the API too', async () => {
  const { certflow, appRegistration, state, canary } = await readyCloud();
  const principalId = principalByAppId(state, deployerAppId)?.id ?? '';
  addRoleAssignment(state, { scope: `/subscriptions/${subscription}`, role: 'certificateUser', principalId });
  const spec = specFile({ targets, appRegistration });
  const before = await certflow('doctor', spec);
  expect(before.code).toBe(1);
  expect(before.stdout).toMatch(/^ {2}ok {2}sign-in https:\/\/contoso\.sharepoint\.com: Entra ID takes the certificate/m);
  expect(before.stdout).toMatch(
    /^ {2}NO {2}Logic App: hr-lists is not in rg-flows\n {7}by: Resource Manager .*\n {7}Deploy it\.\n {7}certflow deploy \S+certflow\.yaml --cloud-file \S+cloud\.json$/m,
  );
  expect((await certflow('deploy', spec, '--yes')).code).toBe(0);
  const after = await certflow('doctor', spec, '--call', 'Get lists');
  expect([after.code, after.stderr]).toEqual([0, expect.stringContaining('Every link holds.')]);
  expect(after.stdout).toContain(
    'ok  call https://contoso.sharepoint.com/sites/hr/_api/web/lists: "Get lists" is answered with 200',
  );
  expect(before.stdout + after.stdout + after.stderr).not.toContain(canary);
  const id = `/subscriptions/${subscription}/resourceGroups/rg-flows/providers/Microsoft.Logic/workflows/hr-lists`;
  const foreign = await certflow('doctor', '--logic-app', id, '--json');
  expect([foreign.code, JSON.parse(foreign.stdout).chains.map(({ heading }: { heading: string }) => heading)]).toEqual([
    0,
    ['hr-lists', 'hr-lists, Get_lists'],
  ]);
  expect((await certflow('doctor', spec, '--call', 'Get list')).stderr).toContain('did you mean "Get lists"?');
});

test('a certificate alone is tried without any right', async () => {
  const { cloudFile, clientId, profile } = await readyCloud();
  const folder = folderOf({});
  writeFileSync(`${folder}/other.pfx`, writePfx(await createCertificate({ subject: 'CN=other' }), { rounds: 2 }));
  const tenant = profile.signIn?.tenantId ?? '';
  const args = [
    '--tenant',
    tenant,
    '--client-id',
    clientId,
    '--audience',
    'https://contoso.sharepoint.com',
    '--cloud-file',
    cloudFile,
  ];
  const { code, stdout } = await certflow('doctor', '--pfx', `${folder}/other.pfx`, ...args);
  expect([code, stdout]).toEqual([1, expect.stringMatching(/NO {2}sign-in https:\/\/contoso\.sharepoint\.com: AADSTS700027/)]);
  expect(stdout).toContain('-   token https://contoso.sharepoint.com: not looked at: it hangs on the sign-in');
});

test('what does not go together is told, and what is no Logic App', async () => {
  const alone = await certflow('doctor', '--client-id', 'x');
  expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining('name all four, and no spec')]);
  const other = await certflow('doctor', '--logic-app', '/subscriptions/x');
  expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('is no resource id of a Logic App (Consumption)')]);
  const both = await certflow('doctor', 'hr.yaml', '--logic-app', '/subscriptions/x');
  expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('leave the spec out')]);
  const { code, stderr } = await certflow('doctor', 'no-such-file.yaml');
  expect([code, stderr]).toEqual([2, expect.stringContaining('no-such-file.yaml')]);
});
