import { expect, test } from 'vitest';
import { findApplications, readApplication } from '../../src/azure/graph.ts';
import { listRoleAssignments } from '../../src/azure/role-assignments.ts';
import { untilSignedIn } from '../../src/azure/try-sign-in.ts';
import type { KeyAndCertificate } from '../../src/certificate/certificate.ts';
import { createCertificate } from '../../src/certificate/index.ts';
import { certificatesOfficer, vaultRoles } from '../../src/cloud/roles.ts';
import { RefusedError } from '../../src/diagnostics/errors.ts';
import { addRoleAssignment } from '../../src/emulator/arm/role-assignments.ts';
import type { FaultKind } from '../../src/emulator/http/faults.ts';
import { thumbprintOf, thumbprintOfEntry } from '../../src/proofs/thumbprints.ts';
import { finishOn } from '../../src/setup/rotate/finish.ts';
import { rotateOn } from '../../src/setup/rotate/rotate.ts';
import { setUp } from '../../src/setup/setup.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { calledDuring, missed } from '../azure/requests.ts';
import { anyCertificate } from '../certificate/tools.ts';
import { removalsOf, subscription, tenantId } from '../setup/world.ts';
import { below, part } from '../sweep.ts';
import { expectWhole, numbered, pemOf, vaultId, world } from './setup-world.ts';

const kinds: readonly FaultKind[] = ['throttled', 'unavailable', 'unavailableLate', 'forbidden', 'reset', 'lost'];

test.each(kinds)('setup, at every request in turn: %s; a second run completes, and nothing is there twice', async (kind) => {
  const w = await world();
  const { azure, setFaults, requests } = w;
  const run = (number: number) => setUp(azure, numbered(number), { certificate: anyCertificate, confirm: () => true });
  expect(missed('swept', 'setup', await calledDuring(() => run(0)))).toEqual([]);
  const count = requests().filter(({ service }) => service !== 'entra').length;
  for (const at of part(below(count))) {
    const number = at + 1;
    setFaults([{ kind, at, path: /^(?!.*\/oauth2\/)(?!.*openid)/ }]);
    await run(number).catch((error: unknown) => expect(error).toMatchObject({ name: 'AzureError' }));
    setFaults([]);
    const { items, outcome } = await run(number);
    expect([at, outcome, items?.filter((item) => item.outcome === 'failed')]).toEqual([
      at,
      expect.stringMatching(/set up|unchanged/),
      [],
    ]);

    await expectWhole(w, number, at);
  }
});

test.each(kinds)(
  'rotation, at every request in turn: %s; the old certificate signs in, and a second run completes',
  async (kind) => {
    const { azure, me, setFaults, requests } = await world();
    let current: KeyAndCertificate = anyCertificate;
    const { clientId = '' } = await setUp(azure, numbered(0), { certificate: current, confirm: () => true });
    const spec = numbered(0, clientId);
    const confirm = () => true;
    const signsIn = (certificate: KeyAndCertificate) => untilSignedIn(azure, { tenantId, clientId, pem: pemOf(certificate) });
    const next = () => createCertificate({ subject: 'CN=HR' });
    const entries = async () => {
      const [found] = await findApplications(azure, { appId: clientId });
      return (await readApplication(azure, found?.id ?? '')).keyCredentials.map(thumbprintOfEntry);
    };
    /** Faults befall what is asked in between, but for sign-ins. */
    const fault = (at: number) => setFaults([{ kind, at, path: /^(?!.*\/oauth2\/)(?!.*openid)/ }]);
    const counted = async (act: () => Promise<unknown>) => {
      const before = requests().length;
      await act();
      return requests()
        .slice(before)
        .filter(({ service }) => service !== 'entra').length;
    };

    const first = await next();
    let rotating = 0;
    const rotated = await calledDuring(async () => {
      rotating = await counted(() => rotateOn(azure, spec, { certificate: first, confirm }));
    });
    let finishing = 0;
    const finished = await calledDuring(async () => {
      finishing = await counted(() => finishOn(azure, spec, { overlapDays: 0, confirm }));
    });
    expect(missed('swept', 'rotation', new Set([...rotated, ...finished]))).toEqual([]);
    current = first;

    for (const at of part(below(rotating))) {
      const certificate = await next();
      fault(at);
      await rotateOn(azure, spec, { certificate, confirm }).catch((error: unknown) =>
        expect(error).toMatchObject({ name: 'AzureError' }),
      );
      setFaults([]);
      await signsIn(current);
      await rotateOn(azure, spec, { certificate, confirm });
      await signsIn(current);
      await signsIn(certificate);
      expect([at, await entries()]).toEqual([
        at,
        [thumbprintOf(current.certificate.raw), thumbprintOf(certificate.certificate.raw)],
      ]);

      fault(at % finishing);
      await finishOn(azure, spec, { overlapDays: 0, confirm }).catch((error: unknown) =>
        expect(error).toMatchObject({ name: 'AzureError' }),
      );
      setFaults([]);
      await signsIn(certificate);
      await finishOn(azure, spec, { overlapDays: 0, confirm });
      expect([at, await entries()]).toEqual([at, [thumbprintOf(certificate.certificate.raw)]]);
      const own = (await listRoleAssignments(azure, vaultId(0), me.objectId)).map(({ roleId }) => roleId);
      expect([at, own.some((id) => [certificatesOfficer.id, vaultRoles.certificateUser.id].includes(id as never))]).toEqual([
        at,
        false,
      ]);
      current = certificate;
    }
  },
);

test.each(kinds)(
  'taking a set-up back, at every request in turn: %s; a second run ends it, and nothing is left',
  async (kind) => {
    const { azure, me, setFaults, requests, state } = await world();
    /** As somebody who looks after the vaults: then it shows before the removal what is there. */
    addRoleAssignment(state, { scope: `/subscriptions/${subscription}`, role: 'keyVaultReader', principalId: me.objectId });
    const setUpAt = async (number: number) => {
      const { clientId } = await setUp(azure, numbered(number), { certificate: anyCertificate, confirm: () => true });
      return numbered(number, clientId);
    };
    const takeBack = async (spec: Spec) => {
      for (const { remove } of await removalsOf(azure, spec)) await remove(() => {});
    };
    const counted = await setUpAt(0);
    const before = requests().length;
    expect(missed('swept', 'removal', await calledDuring(() => takeBack(counted)))).toEqual([]);
    const count = requests()
      .slice(before)
      .filter(({ service }) => service !== 'entra').length;
    for (const at of part(below(count))) {
      const spec = await setUpAt(at + 1);
      setFaults([{ kind, at, path: /^(?!.*\/oauth2\/)(?!.*openid)/ }]);
      // Where the own right could not be taken back, that is told by certflow itself.
      await takeBack(spec).catch((error: unknown) => expect(error).toBeInstanceOf(RefusedError));
      setFaults([]);
      await takeBack(spec);
      expect([at, await removalsOf(azure, spec)]).toEqual([at, []]);
      expect([at, state.applications.size, state.sitePermissions.size]).toEqual([at, 1, 0]);
      const stored = state.certificates.get(`kv-contoso-${at + 1}/sharepoint-cert`);
      expect([at, stored?.deleted]).toEqual([at, expect.anything()]);
      const own = (await listRoleAssignments(azure, vaultId(at + 1), me.objectId)).map(({ roleId }) => roleId);
      expect([at, own.includes(certificatesOfficer.id)]).toEqual([at, false]);
    }
  },
);
