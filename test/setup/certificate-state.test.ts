import { expect, test } from 'vitest';
import { connect } from '../../src/azure/azure.ts';
import { listVersions } from '../../src/azure/vault-certificates.ts';
import type { FaultKind } from '../../src/emulator/http/faults.ts';
import { setUp } from '../../src/setup/setup.ts';
import { vaultClients } from '../emulator/vaults.ts';
import { specOf } from '../specs.ts';
import { until } from '../until.ts';
import { becomeOfficer } from './become-officer.ts';
import { wholeSpec, world } from './world.ts';

const only = { only: ['vault'] } as const;
const itsName = 'certificate sharepoint-cert';

/** A certificate that the vault renews by itself, as it does where nobody says otherwise. */
async function renewing(w: Awaited<ReturnType<typeof world>>) {
  const { certificates } = vaultClients(w.profile);
  const before = await certificates.getCertificate('sharepoint-cert');
  const lifetimeActions = [{ action: 'AutoRenew' as const, lifetimePercentage: 80 }];
  await certificates.updateCertificatePolicy('sharepoint-cert', { issuerName: 'Self', subject: 'CN=hr', lifetimeActions });
  return async () => {
    const { policy, properties } = await certificates.getCertificate('sharepoint-cert');
    return {
      actions: policy?.lifetimeActions?.map(({ action }) => action),
      isSame: properties.version === before.properties.version,
    };
  };
}

test('a certificate that the vault would renew by itself is to change: it stays, and a reminder takes the place of the renewal', async () => {
  const w = await world();
  await w.run({}, only);
  await becomeOfficer(w.azure);
  const look = await renewing(w);
  const planned = await w.run({}, { ...only, confirm: () => false });
  expect(planned.plan.find(({ name }) => name === itsName)).toMatchObject({
    state: 'to change',
    detail: expect.stringContaining('the vault would renew it by itself, and the app registration would not know the new one'),
  });
  expect(await look()).toEqual({ actions: ['AutoRenew'], isSame: true });
  const { items } = await w.run({}, only);
  expect(items?.find(({ name }) => name === itsName)?.outcome).toBe('changed');
  expect(await look()).toEqual({ actions: ['EmailContacts'], isSame: true });
  expect((await w.run({}, only)).outcome).toBe('unchanged');
});

test.each(['unavailableLate', 'lost', 'malformed', 'forbidden'] as const satisfies readonly FaultKind[])(
  'changing that with %s in between goes well, and the next run finds it done',
  async (kind) => {
    const w = await world();
    await w.run({}, only);
    await becomeOfficer(w.azure);
    const look = await renewing(w);
    w.setFaults([{ kind, method: 'PATCH', path: /\/policy/ }]);
    const { items } = await w.run({}, only);
    expect(items?.find(({ name }) => name === itsName)?.outcome).toBe('changed');
    expect(await look()).toEqual({ actions: ['EmailContacts'], isSame: true });
    expect((await w.run({}, only)).outcome).toBe('unchanged');
  },
);

test.each([
  ['DigiCert', 'it waits for the certificate authority DigiCert: '],
  ['Unknown', 'it waits for somebody to merge the answer of a certificate authority: '],
])(
  'a certificate that waits for its issuer %s is told at once, with and without a right of one’s own',
  async (issuerName, words) => {
    const w = await world();
    await w.run({ certificate: { name: 'another' } }, only);
    await becomeOfficer(w.azure);
    const { certificates } = vaultClients(w.profile);
    await certificates.beginCreateCertificate('sharepoint-cert', { issuerName, subject: 'CN=hr' }, { intervalInMs: 1 });
    const { plan, items } = await w.run({}, only);
    expect([items, plan.find(({ name }) => name === itsName)]).toEqual([
      undefined,
      expect.objectContaining({ state: 'blocked', detail: expect.stringContaining(words) }),
    ]);
    const asked = w.requests().filter(({ url }) => url.includes('sharepoint-cert/pending'));
    expect(asked.length).toBeLessThan(4);

    // Whoever may not look beforehand learns it as soon as they may.
    w.setFaults([{ kind: 'forbidden', service: 'vault', path: /sharepoint-cert/, times: 3 }]);
    const later = await w.run({}, only);
    expect(later.items?.find(({ name }) => name === itsName)).toMatchObject({
      outcome: 'failed',
      detail: expect.stringContaining(words),
    });
  },
);

test('a run that was ended while the vault makes the certificate is followed by one that goes on with that certificate', async () => {
  const w = await world();
  await w.run({ certificate: { name: 'another' } }, only);
  const stop = new AbortController();
  const azure = connect(w.profile, { application: 'certflow-test', signal: stop.signal });
  const release = w.hold();
  const first = setUp(azure, specOf(wholeSpec), { ...only, confirm: () => true });
  await until(() => w.requests().some(({ url, answer }) => url.includes('sharepoint-cert/pending') && answer?.status === 200));
  stop.abort();
  await expect(first).rejects.toThrow(/stopped/);
  const second = w.run({}, only);
  const before = w.requests().length;
  await until(() =>
    w
      .requests()
      .slice(before)
      .some(({ url, answer }) => url.includes('sharepoint-cert/pending') && answer?.status === 200),
  );
  release();
  expect((await second).items?.find(({ name }) => name === itsName)?.outcome).toBe('created');
  const begun = w.requests().filter(({ url, answer }) => url.includes('sharepoint-cert/create') && answer?.status === 202);
  expect(begun).toHaveLength(1);
  await becomeOfficer(w.azure);
  expect(await listVersions(w.azure, 'kv-contoso-dev', 'sharepoint-cert')).toHaveLength(1);
});
