import { describe, expect, test } from 'vitest';
import { findApplications, readApplication } from '../../src/azure/graph.ts';
import { untilSignedIn } from '../../src/azure/try-sign-in.ts';
import { createInVault, listVersions } from '../../src/azure/vault-certificates.ts';
import { privateKeyToPem } from '../../src/certificate/index.ts';
import { thumbprintOf, thumbprintOfEntry } from '../../src/proofs/thumbprints.ts';
import { certificatePolicy } from '../../src/setup/certificate-policy.ts';
import { expiring } from '../../src/setup/expiring.ts';
import { finishOn } from '../../src/setup/rotate/finish.ts';
import type { RotateOptions } from '../../src/setup/rotate/result.ts';
import { rotateOn } from '../../src/setup/rotate/rotate.ts';
import { anyCertificate } from '../certificate/tools.ts';
import { specOf } from '../specs.ts';
import { becomeOfficer } from './become-officer.ts';
import { tenantId, wholeSpec, world } from './world.ts';

const pem = privateKeyToPem(anyCertificate.privateKey, undefined) + anyCertificate.certificate.toString();
const old = thumbprintOf(anyCertificate.certificate.raw);
const yes = { confirm: () => true };

/** Everything set up with a certificate whose key is at hand, so that its sign-in can be tried at any time. */
async function ready() {
  const w = await world();
  const { clientId = '' } = await w.run({}, { certificate: anyCertificate });
  const spec = specOf({ ...wholeSpec, appRegistration: { ...wholeSpec.appRegistration, clientId } });
  const secrets: string[] = [];
  const options: RotateOptions = { ...yes, onSecret: (secret) => secrets.push(secret) };
  return {
    ...w,
    spec,
    clientId,
    secrets,
    rotate: (more: Partial<RotateOptions> = {}) => rotateOn(w.azure, spec, { ...options, ...more }),
    finish: (more: Partial<RotateOptions> = {}) => finishOn(w.azure, spec, { ...options, ...more }),
    onRegistration: async () => {
      const [found] = await findApplications(w.azure, { appId: clientId });
      return (await readApplication(w.azure, found?.id ?? '')).keyCredentials.map(thumbprintOfEntry);
    },
    inVault: async () => {
      await becomeOfficer(w.azure).catch(() => {});
      return listVersions(w.azure, 'kv-contoso-dev', 'sharepoint-cert');
    },
    oldSignsIn: () => untilSignedIn(w.azure, { tenantId, clientId, pem }),
  };
}

test('a new certificate beside the old one, then the old one goes', async () => {
  const { rotate, finish, onRegistration, inVault, oldSignsIn, requests, secrets, clientId } = await ready();
  const result = await rotate();
  expect(result.outcome).toBe('rotated');
  const order = requests().map(({ service, method, url, body }) => `${method} ${service} ${new URL(url).pathname} ${body}`);
  expect(await onRegistration()).toEqual([old, result.thumbprint]);
  expect((await inVault()).map(({ thumbprint }) => thumbprint)).toEqual([result.thumbprint, old]);
  await oldSignsIn();

  // The registration knew it, and it had signed in, before the vault handed it out.
  const at = (pattern: RegExp) => order.findLastIndex((line) => pattern.test(line));
  const signIn = new RegExp(`^POST entra .*token .*${clientId}`);
  expect(at(/^POST graph .*batch/)).toBeLessThan(at(signIn));
  expect(at(signIn)).toBeLessThan(at(/^POST vault .*import/));

  expect(await rotate()).toMatchObject({ outcome: 'side by side', finishFrom: expect.any(String) });
  await expect(finish()).rejects.toThrow(/the old one stays for 7 days/);
  expect(await finish({ overlapDays: 0, confirm: () => false })).toMatchObject({ outcome: 'not confirmed' });
  expect(await onRegistration()).toHaveLength(2);
  expect(await finish({ overlapDays: 0 })).toMatchObject({ outcome: 'finished', removed: [old] });
  expect(await onRegistration()).toEqual([result.thumbprint]);
  expect(await finish({ overlapDays: 0 })).toMatchObject({ outcome: 'nothing to finish' });
  expect(secrets.length).toBeGreaterThan(2);
  expect(JSON.stringify(result)).not.toContain('PRIVATE KEY');
});

describe('broken off', () => {
  test('before the vault has it: the next run goes on beside it, and the entry without a key goes at the finish', async () => {
    const { rotate, finish, onRegistration, inVault, setFaults, oldSignsIn } = await ready();
    setFaults([{ kind: 'reset', service: 'vault', path: /\/import/, times: 10 }]);
    await expect(rotate()).rejects.toThrow(/importing the certificate/i);
    setFaults([]);
    await oldSignsIn();
    const [, orphan] = await onRegistration();
    const { outcome, thumbprint } = await rotate();
    expect(outcome).toBe('rotated');
    expect(await onRegistration()).toEqual([old, orphan, thumbprint]);
    expect(orphan).not.toBe(thumbprint);
    expect(await inVault()).toHaveLength(2);
    // For an hour it may be that of a rotation under way.
    expect(await finish({ overlapDays: 0 })).toMatchObject({
      removed: [old],
      stays: [{ thumbprint: orphan, why: expect.stringContaining('may be under way') }],
    });
    expect(await finish({ overlapDays: 0, now: new Date(Date.now() + 7_200_000) })).toMatchObject({ removed: [orphan] });
    expect(await onRegistration()).toEqual([thumbprint]);
  });

  test('when the answer of the import is lost: it is found done', async () => {
    const { rotate, onRegistration, inVault, setFaults } = await ready();
    setFaults([{ kind: 'lost', service: 'vault', path: /\/import/ }]);
    expect(await rotate()).toMatchObject({ outcome: 'rotated' });
    setFaults([]);
    expect(await rotate()).toMatchObject({ outcome: 'side by side' });
    expect(await onRegistration()).toHaveLength(2);
    expect(await inVault()).toHaveLength(2);
  });
});

test('a version that somebody made by hand is put on the registration', async () => {
  const { rotate, onRegistration, azure, spec } = await ready();
  await becomeOfficer(azure);
  const made = await createInVault(azure, 'kv-contoso-dev', 'sharepoint-cert', certificatePolicy('CN=x'));
  expect(await expiring([spec], { azureOf: () => azure, days: 30 })).toMatchObject([{ status: 'does not sign in' }]);
  expect(await rotate()).toMatchObject({ outcome: 'rotated', thumbprint: made.thumbprint });
  expect(await onRegistration()).toEqual([old, made.thumbprint]);
});

describe('expiring', () => {
  test('tells what ends within the days, what does not, and what may not be seen', async () => {
    const { azure, spec, requests } = await ready();
    const at = (days: number) => ({ azureOf: () => azure, days });
    expect(await expiring([spec], at(30))).toMatchObject([
      { status: 'cannot tell', detail: expect.stringContaining('Key Vault Reader') },
    ]);
    await becomeOfficer(azure);
    const before = requests().length;
    const [life] = await expiring([spec, spec], at(30));
    // What two specs share is asked for once.
    expect(
      requests()
        .slice(before)
        .filter(({ service }) => service === 'vault'),
    ).toHaveLength(1);
    const daysLeft = life?.daysLeft ?? 0;
    expect(life).toMatchObject({ status: 'fine', vault: 'kv-contoso-dev', certificate: 'sharepoint-cert' });
    expect(await expiring([spec], at(daysLeft))).toMatchObject([{ status: 'ends soon', daysLeft }]);
    const later = new Date(Date.now() + (daysLeft + 2) * 86_400_000);
    expect(await expiring([spec], { ...at(30), now: later })).toMatchObject([{ status: 'ended' }]);
  });
});

test('there is nothing to rotate before there is something', async () => {
  const { azure } = await world();
  await expect(rotateOn(azure, specOf(wholeSpec), yes)).rejects.toThrow(
    'The vault kv-contoso-dev is not there: run "certflow setup" first.',
  );
});
