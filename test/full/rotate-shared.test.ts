import { expect, test } from 'vitest';
import { findApplications, readApplication } from '../../src/azure/graph.ts';
import { replaceKeyCredentials } from '../../src/azure/key-credentials.ts';
import { listVersions } from '../../src/azure/vault-certificates.ts';
import { thumbprintOfEntry } from '../../src/proofs/thumbprints.ts';
import { keyCredential } from '../../src/setup/key-credentials.ts';
import { finishOn } from '../../src/setup/rotate/finish.ts';
import { rotateOn } from '../../src/setup/rotate/rotate.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { becomeOfficer } from '../setup/become-officer.ts';
import { certificateAt, shared, thumbprint } from '../setup/shared-registration.ts';

test('one that both vaults had stays while the other still signs in with it, and says so', async () => {
  const { rotate, finish, registered } = await shared({ start: { dev: 0, prod: 0 } });
  await rotate('dev', 2);
  const kept = await finish('dev');
  expect(kept).toMatchObject({
    outcome: 'nothing to finish',
    stays: [{ thumbprint: thumbprint(certificateAt(0)), why: 'prod signs in with it, from the vault kv-contoso-prod' }],
  });
  // It does not keep dev from rotating again.
  expect(await rotate('dev', 4)).toMatchObject({ outcome: 'rotated' });
  expect(await registered()).toContain(thumbprint(certificateAt(0)));
});

test('a version that another environment pins stays', async () => {
  const { azure, spec, rotate, registered } = await shared({
    start: { dev: 0, prod: 0 },
    change: (text) => text.replace('vault: { name: kv-contoso-prod }', 'vault: { name: kv-contoso-dev }'),
  });
  expect(await rotate('dev', 2)).toMatchObject({ outcome: 'rotated' });
  await becomeOfficer(azure);
  const [newest, older] = await listVersions(azure, 'kv-contoso-dev', 'sharepoint-cert');
  const pinned = (version = '') => `{ name: sharepoint-cert, version: "${version}" }`;
  const pinning = parseSpec(
    spec.source.text
      .replace('certificate: { name: sharepoint-cert }', `certificate: ${pinned(newest?.version)}`)
      .replace('  prod:\n', `  prod:\n    certificate: ${pinned(older?.version)}\n`),
    { file: 'certflow.yaml' },
  );
  const options = { environment: 'dev', overlapDays: 0, confirm: () => true };
  const kept = await finishOn(azure, pinning, options);
  expect(kept).toMatchObject({ outcome: 'nothing to finish', stays: [{ why: expect.stringContaining('pins the version') }] });
  expect(await registered()).toHaveLength(2);
  expect(await finishOn(azure, spec, options)).toMatchObject({ outcome: 'finished' });
  expect(await registered()).toEqual([thumbprint(certificateAt(2))]);
});

test('two certificates of one vault: the rotation of one leaves the other alone', async () => {
  const { rotate, finish, registered, bothSignIn } = await shared({
    start: { dev: 0, prod: 1 },
    change: (text) =>
      text.replace('vault: { name: kv-contoso-prod }', 'vault: { name: kv-contoso-dev }\n    certificate: { name: other-cert }'),
  });
  await rotate('prod', 3);
  await rotate('dev', 2);
  await finish('dev');
  expect((await registered()).sort()).toEqual([1, 3, 2].map((index) => thumbprint(certificateAt(index))).sort());
  await bothSignIn();
});

test('two rotations at once: both certificates are there, and sign in', async () => {
  const { rotate, registered, bothSignIn } = await shared({ start: { dev: 0, prod: 1 } });
  const results = await Promise.all([rotate('dev', 2), rotate('prod', 3)]);
  expect(results.map(({ outcome, notTakenBack }) => [outcome, notTakenBack])).toEqual([
    ['rotated', undefined],
    ['rotated', undefined],
  ]);
  expect((await registered()).sort()).toEqual([0, 1, 2, 3].map((index) => thumbprint(certificateAt(index))).sort());
  await bothSignIn();
});

test('two rotations of one certificate at once: what the vault hands out signs in', async () => {
  const { azure, spec, registered } = await shared({ start: { dev: 0, prod: 1 } });
  const once = (index: number) =>
    rotateOn(azure, spec, { environment: 'dev', certificate: certificateAt(index), confirm: () => true });
  const results = await Promise.allSettled([once(2), once(3)]);
  for (const result of results)
    if (result.status === 'rejected') expect(result.reason.message).toContain('has got another version');
  const after = await rotateOn(azure, spec, { environment: 'dev', confirm: () => true });
  expect(after.outcome).toBe('side by side');
  expect(await registered()).toContain(after.thumbprint);
});

test('what an earlier certflow put there for the other vault stays', async () => {
  const { azure, clientId, rotate, finish, registered, bothSignIn, handedOut } = await shared({ start: { dev: 0, prod: 1 } });
  await rotate('prod', 3);
  const [found] = await findApplications(azure, { appId: clientId });
  const application = await readApplication(azure, found?.id ?? '');
  // As that certflow named it.
  const marked = application.keyCredentials.filter((entry) => thumbprintOfEntry(entry) !== thumbprint(handedOut.prod));
  await replaceKeyCredentials(azure, application, [
    ...marked,
    keyCredential(handedOut.prod.certificate.raw, 'certflow rotate: sharepoint-cert'),
  ]);
  await rotate('dev', 2);
  expect(await finish('dev')).toMatchObject({ outcome: 'finished', removed: [thumbprint(certificateAt(0))] });
  expect(await registered()).toContain(thumbprint(handedOut.prod));
  await bothSignIn();
});
test('where nobody may see the other vault, what it may sign in with stays, and the answer says what it takes', async () => {
  const { rotate, finish, setFaults, registered } = await shared({ start: { dev: 0, prod: 1 } });
  await rotate('dev', 2);
  setFaults([{ kind: 'forbidden', service: 'arm', method: 'PUT', path: /kv-contoso-prod.*roleAssignments/, times: 100 }]);
  const kept = await finish('dev');
  expect(kept).toMatchObject({ outcome: 'nothing to finish', stays: [{ thumbprint: thumbprint(certificateAt(0)) }] });
  expect(kept.message).toMatch(/nobody can tell whether prod signs in with it, from the vault kv-contoso-prod: Giving the role/);
  expect(await registered()).toHaveLength(3);
  setFaults([]);
  expect(await finish('dev')).toMatchObject({ outcome: 'finished' });
});
