import { describe, expect, test } from 'vitest';
import { findApplications, readApplication } from '../../src/azure/graph.ts';
import { untilSignedIn } from '../../src/azure/try-sign-in.ts';
import type { KeyAndCertificate } from '../../src/certificate/certificate.ts';
import { privateKeyToPem } from '../../src/certificate/index.ts';
import { groundOf } from '../../src/cli/ground-of.ts';
import { thumbprintOf, thumbprintOfEntry } from '../../src/proofs/thumbprints.ts';
import { expiring } from '../../src/setup/expiring.ts';
import { anyCertificate } from '../certificate/tools.ts';
import { specOf } from '../specs.ts';
import { states, tenantId, wholeSpec, world } from './world.ts';

/** Two environments of which production has been set up, by the name and id that both could share. */
async function withProduction() {
  const w = await world();
  const environments = { prod: {}, local: {} };
  const { clientId: production = '' } = await w.run({ environments }, { environment: 'prod' });
  const appRegistration = { ...wholeSpec.appRegistration, clientId: production };
  const before = w.requests().length;
  const made: KeyAndCertificate[] = [];
  const certificateFile = { path: 'hr.pfx', write: (one: KeyAndCertificate) => void made.push(one) };
  const local = (own: object = {}, more = {}) =>
    w.run({ appRegistration, environments: { prod: {}, local: own } }, { environment: 'local', certificateFile, ...more });
  const changes = () =>
    w
      .requests()
      .slice(before)
      .filter(({ service, method }) => service !== 'entra' && method !== 'GET');
  const onRegistration = async (appId: string) => {
    const [found] = await findApplications(w.azure, { appId });
    return (await readApplication(w.azure, found?.id ?? '')).keyCredentials.map(thumbprintOfEntry);
  };
  return { ...w, production, local, made, changes, onRegistration };
}

describe("setup of a developer's machine", () => {
  test('makes a certificate for a file and a registration of its own, and asks nothing of a vault or of roles', async () => {
    const { local, made, azure, production, requests, onRegistration, changes } = await withProduction();
    const before = [requests().length, await onRegistration(production)] as const;
    const { plan, items, clientId = '', written } = await local();
    expect(states(plan)).toEqual([
      'to create certificate file hr.pfx',
      'to create app registration "HR lists reader (local)"',
      'to change client id in certflow.yaml',
      'to create certificate hr-lists-local on the app registration',
      'to create service principal of the app registration',
      'to create permission Sites.Selected on SharePoint',
      'to create right read on https://contoso.sharepoint.com/sites/hr',
      'to create permission User.Read.All on Microsoft Graph',
    ]);
    expect(items?.filter(({ outcome }) => outcome !== 'created' && outcome !== 'changed')).toEqual([]);
    expect([written, clientId === production]).toEqual([clientId, false]);
    expect(new Set(changes().map(({ service }) => service))).toEqual(new Set(['graph']));
    expect(
      requests()
        .slice(before[0])
        .filter(({ service }) => !['graph', 'entra'].includes(service)),
    ).toEqual([]);

    // What it is all for: the file signs in as its own registration, and production has what it had.
    const [one] = made;
    if (!one) throw new Error('no certificate was made');
    const pem = privateKeyToPem(one.privateKey, undefined) + one.certificate.toString();
    await untilSignedIn(azure, { tenantId, clientId, pem });
    expect(await onRegistration(clientId)).toEqual([thumbprintOf(one.certificate.raw)]);
    expect(await onRegistration(production)).toEqual(before[1]);
  });

  test('a second developer gets beside the first, and a second run finds everything', async () => {
    const { local, made, onRegistration } = await withProduction();
    const { clientId = '' } = await local();
    const own = { appRegistration: { clientId } };
    const again = await local(own, { certificate: made[0] });
    expect([again.outcome, made.length]).toEqual(['unchanged', 1]);
    await local(own, { certificate: anyCertificate });
    expect(await onRegistration(clientId)).toEqual(
      [made[0]?.certificate.raw, anyCertificate.certificate.raw].map((der) => thumbprintOf(der as Buffer)),
    );
  });

  test.each([
    ['by its id', (production: string) => ({ clientId: production }), undefined],
    ['by its name', () => ({ displayName: 'HR lists reader' }), 'blocked'],
  ])("a developer's key does not get onto production's registration, %s", async (_, registration, outcome) => {
    const { local, production, changes, made } = await withProduction();
    const run = local({ appRegistration: registration(production) });
    if (outcome === undefined)
      await expect(run).rejects.toThrow(`${production} is that of prod: whoever debugs would hold a key to it`);
    else {
      const { plan, outcome: found } = await run;
      expect(found).toBe(outcome);
      expect(plan.find(({ state }) => state === 'blocked')?.detail).toContain(`${production} is that of prod`);
    }
    expect([changes(), made]).toEqual([[], []]);
  });

  test('without the file nothing waits in vain, and parts that it does not have are told of', async () => {
    const { local, changes } = await withProduction();
    const { items } = await local({}, { only: ['entra'] });
    expect(items?.filter(({ outcome }) => outcome === 'failed').map(({ detail }) => detail)).toEqual([
      'The app registration waits for the certificate file, which is not there yet: leave --only out.',
    ]);
    const before = changes().length;
    await expect(local({}, { only: ['vault'] })).rejects.toThrow(
      "local is a developer's machine, which has no part vault: its parts are file, entra.",
    );
    await expect(local({}, { environment: 'prod', only: ['file'] })).rejects.toThrow('has no part file');
    expect(changes()).toHaveLength(before);
  });
});

test('nobody looks for it in Azure: neither what watches certificates nor what lays the ground of the loopback Azure', async () => {
  const { azure } = await world();
  const spec = specOf({ ...wholeSpec, environments: { prod: {}, local: {} } });
  const lives = await expiring([spec], { azureOf: () => azure, days: 30 });
  expect(lives.map(({ environment }) => environment)).toEqual(['prod']);
  expect(groundOf(spec)).toEqual(groundOf(specOf({ ...wholeSpec, environments: { prod: {} } })));
});
