import { expect, test } from 'vitest';
import { listRoleAssignments } from '../../src/azure/role-assignments.ts';
import { whoIsSignedIn } from '../../src/azure/signed-in.ts';
import { certificatesOfficer, keyVaultReader, vaultRoles } from '../../src/cloud/roles.ts';
import { thumbprintOf } from '../../src/proofs/thumbprints.ts';
import { finishOn } from '../../src/setup/rotate/finish.ts';
import type { RotateOptions } from '../../src/setup/rotate/result.ts';
import { rotateOn } from '../../src/setup/rotate/rotate.ts';
import { anyCertificate } from '../certificate/tools.ts';
import { specOf } from '../specs.ts';
import { becomeOfficer } from './become-officer.ts';
import { subscription, wholeSpec, world } from './world.ts';

const vault = `/subscriptions/${subscription}/resourceGroups/rg-shared/providers/Microsoft.KeyVault/vaults/kv-contoso-dev`;
const temporary: readonly string[] = [certificatesOfficer.id, vaultRoles.certificateUser.id, keyVaultReader.id];

async function ready(overrides: object = {}) {
  const w = await world();
  const { clientId = '' } = await w.run({ ...overrides }, { certificate: anyCertificate, only: ['vault', 'entra'] });
  const spec = specOf({ ...wholeSpec, ...overrides, appRegistration: { ...wholeSpec.appRegistration, clientId } });
  const { objectId } = await whoIsSignedIn(w.azure);
  const asked: string[] = [];
  /** Says yes so many times, then no. */
  const yes = (times: number): RotateOptions => ({
    confirm: (what) => {
      asked.push(what);
      return asked.length <= times;
    },
  });
  let seen = w.requests().length;
  return {
    ...w,
    spec,
    asked,
    yes,
    /** What was written since the last call, sign-ins aside. */
    written: () => {
      const all = w.requests();
      const since = all.slice(seen).filter(({ service, method }) => service !== 'entra' && method !== 'GET');
      seen = all.length;
      return since.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
    },
    ownRoles: async () =>
      (await listRoleAssignments(w.azure, vault, objectId)).filter(({ roleId }) => temporary.includes(roleId)),
  };
}

test('after a no nothing was written, whatever the question was', async () => {
  const { azure, spec, asked, yes, written, ownRoles } = await ready();
  for (const act of [rotateOn, finishOn]) {
    asked.length = 0;
    expect(await act(azure, spec, yes(0))).toEqual({ outcome: 'not confirmed', message: 'Nothing was changed.' });
    expect([asked.length, written()]).toEqual([1, []]);
  }
  expect(asked[0]).toContain('  Key Vault Certificate User on the vault kv-contoso-dev');

  // Yes to the right, no to the rotation: the right is taken back, and the answer says that.
  asked.length = 0;
  expect(await rotateOn(azure, spec, yes(1))).toEqual({
    outcome: 'not confirmed',
    message: 'Your right on the vault is taken back. Nothing else was changed.',
  });
  expect(written().map((line) => line.replace(/\/[^/]*$/, ''))).toEqual([
    `PUT ${vault}/providers/Microsoft.Authorization/roleAssignments`,
    `DELETE ${vault}/providers/Microsoft.Authorization/roleAssignments`,
  ]);
  expect(await ownRoles()).toEqual([]);

  await becomeOfficer(azure);
  written();
  asked.length = 0;
  expect(await rotateOn(azure, spec, yes(0))).toEqual({ outcome: 'not confirmed', message: 'Nothing was changed.' });
  expect([asked.length, written()]).toEqual([1, []]);
});

test('in a vault with access policies, too', async () => {
  const { azure, spec, asked, yes, written } = await ready({ vault: { ...wholeSpec.vault, access: 'policy' } });
  expect(await rotateOn(azure, spec, yes(0))).toMatchObject({ outcome: 'not confirmed', message: 'Nothing was changed.' });
  expect([asked.length, written()]).toEqual([1, []]);
  expect(asked[0]).toContain('  an access policy on the vault kv-contoso-dev');
});

test('a plan writes nothing, and names each certificate that goes with its end and why; so does the question', async () => {
  const { azure, spec, asked, yes, written } = await ready();
  expect(await rotateOn(azure, spec, {})).toMatchObject({ outcome: 'planned' });
  expect(written()).toEqual([]);
  await becomeOfficer(azure);
  expect(await rotateOn(azure, spec, {})).toMatchObject({ outcome: 'planned', goes: [], stays: [] });
  await rotateOn(azure, spec, yes(1));

  written();
  const ends = anyCertificate.certificate.validToDate.toISOString().slice(0, 10);
  const why = 'an older version of sharepoint-cert in the vault kv-contoso-dev';
  const hex = anyCertificate.certificate.fingerprint.replaceAll(':', '');
  const plan = await finishOn(azure, spec, { overlapDays: 0 });
  expect(plan).toMatchObject({
    outcome: 'planned',
    goes: [{ thumbprint: thumbprintOf(anyCertificate.certificate.raw), ends: expect.stringContaining(ends), why }],
    stays: [],
  });
  expect(plan.message).toContain(`\n  ${hex}, until ${plan.goes?.[0]?.ends}\n    ${why}\n`);
  expect((await finishOn(azure, spec, {})).message).toMatch(/\nNot yet: .*--overlap 0 removes it now/);
  expect(written()).toEqual([]);
  asked.length = 0;
  await finishOn(azure, spec, { ...yes(0), overlapDays: 0 });
  expect(asked).toEqual([plan.message]);
});

test('a role that an interrupted run left is taken back after a yes, and not before', async () => {
  const { azure, spec, asked, yes, written, ownRoles, setFaults } = await ready();
  setFaults([{ kind: 'reset', method: 'DELETE', path: /roleAssignments/, times: 100 }]);
  const rotated = await rotateOn(azure, spec, yes(2));
  expect(rotated.outcome).toBe('rotated');
  expect(rotated.notTakenBack).toEqual([
    expect.stringMatching(/^Your right on the vault kv-contoso-dev could not be taken back: .*\n.*\nRun the same command again/),
  ]);
  setFaults([]);
  expect(await ownRoles()).toHaveLength(1);

  asked.length = 0;
  written();
  expect(await rotateOn(azure, spec, yes(0))).toMatchObject({ outcome: 'not confirmed' });
  expect(asked).toEqual(['An interrupted run left you a role on the vault kv-contoso-dev. It is taken back.']);
  expect(written()).toEqual([]);
  asked.length = 0;
  expect(await rotateOn(azure, spec, yes(1))).toMatchObject({ outcome: 'side by side' });
  expect(await ownRoles()).toEqual([]);
});

test('what came into the vault while somebody thought about the question is told at once', async () => {
  const { azure, spec, written } = await ready();
  await becomeOfficer(azure);
  await expect(
    rotateOn(azure, spec, {
      confirm: async () => {
        expect(await rotateOn(azure, spec, { confirm: () => true })).toMatchObject({ outcome: 'rotated' });
        written();
        return true;
      },
    }),
  ).rejects.toThrow('has got another version of sharepoint-cert meanwhile');
  expect(written()).toEqual([]);
});
