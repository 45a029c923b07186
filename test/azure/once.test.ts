import { expect, test } from 'vitest';
import { createApplication, createServicePrincipal, findApplications, listGrantedRoles } from '../../src/azure/graph.ts';
import { findSite } from '../../src/azure/sites.ts';
import { listVersions } from '../../src/azure/vault-certificates.ts';
import type { Fault } from '../../src/emulator/http/faults.ts';
import { anyCertificate } from '../certificate/tools.ts';
import { subscription } from '../emulator/azure.ts';
import { readyCloud, specFile } from '../integration/cloud.ts';
import { becomeOfficer } from '../setup/become-officer.ts';
import { wholeSpec, world } from '../setup/world.ts';
import { baseSpec } from '../specs.ts';
import { loopback, signedIn, wholeProfileAt } from './loopback.ts';

const late = (path: RegExp, times = 1): Fault => ({ kind: 'unavailableLate', method: 'POST', path, times });

test('whatever is made by POST and answered 503 after it was made is there once, and setting up goes well', async () => {
  const { run, azure, setFaults, requests, ask } = await world();
  setFaults([late(/servicePrincipals$/), late(/appRoleAssignedTo/, 2), late(/permissions/), late(/\/create\?/)]);
  const { clientId = '', items } = await run();
  expect(items?.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  const sent = (path: RegExp) => requests().filter(({ method, url }) => method === 'POST' && path.test(url)).length;
  expect([sent(/servicePrincipals$/), sent(/appRoleAssignedTo/), sent(/permissions/), sent(/\/create\?/)]).toEqual([1, 2, 1, 1]);
  const [principal] = (await ask('GET', `/servicePrincipals?$filter=appId eq '${clientId}'`)).body.value;
  expect(await listGrantedRoles(azure, principal.id)).toHaveLength(2);
  const site = await findSite(azure, 'contoso.sharepoint.com:/sites/hr');
  expect((await ask('GET', `/sites/${site}/permissions`)).body.value).toHaveLength(1);
  await becomeOfficer(azure);
  expect(await listVersions(azure, 'kv-contoso-dev', 'sharepoint-cert')).toHaveLength(1);
});

test('an import that was answered 503 after the work is one version; a registration is one, whatever answer was lost', async () => {
  const { run, azure, setFaults } = await world();
  setFaults([late(/\/import\?/), { kind: 'unavailableLate', method: 'PATCH', path: /uniqueName/ }]);
  await run({}, { certificate: anyCertificate });
  await becomeOfficer(azure);
  expect(await listVersions(azure, 'kv-contoso-dev', 'sharepoint-cert')).toHaveLength(1);
  expect(await findApplications(azure, { displayName: wholeSpec.appRegistration.displayName })).toHaveLength(1);
});

test.each(['unavailableLate', 'lost'] as const)('a run is started once, and started again once: %s', async (kind) => {
  const { certflow, appRegistration, setFaults } = await readyCloud();
  const consumption = { subscription, resourceGroup: 'rg-flows', location: 'westeurope' };
  const spec = specFile({ ...baseSpec, targets: { consumption }, appRegistration });
  setFaults([{ kind, method: 'POST', path: /triggers\/manual\/run/ }]);
  expect((await certflow('deploy', spec, '--yes', '--run')).code).toBe(0);
  const runs = async () => JSON.parse((await certflow('runs', 'list', spec, '--json')).stdout).runs;
  expect(await runs()).toHaveLength(1);
  setFaults([{ kind, method: 'POST', path: /\/resubmit/ }]);
  expect((await certflow('runs', 'resubmit', 'latest', spec)).code).toBe(0);
  expect(await runs()).toHaveLength(2);
});

test.each([
  [2, 'made'],
  [9, '(503)'],
])('what is not there after a 503 is sent again, five times at most: %i refusals', async (refusals, end) => {
  const posts = () => received.filter(({ method }) => method === 'POST').length;
  const { address, certificate, received } = await loopback(({ method }) => {
    if (method === 'GET') return { status: 200, body: { value: [] } };
    return posts() > refusals ? { status: 201, body: { id: 'made', appId: 'x' } } : { status: 503 };
  });
  const azure = signedIn(wholeProfileAt(address, certificate));
  const made = createServicePrincipal(azure, 'x');
  expect(
    await made.then(
      ({ id }) => id,
      ({ message }: Error) => message,
    ),
  ).toContain(end);
  expect(posts()).toBe(Math.min(refusals + 1, 5));
});

test('in a cloud whose Graph knows no unique names a registration is looked for by its name before it is sent again', async () => {
  const there = { id: 'object', appId: 'client', displayName: 'HR' };
  const { address, certificate, received } = await loopback(({ method, path }) => {
    if (method === 'POST') return { status: 503 };
    return { status: 200, body: path.includes('$filter') ? { value: [there] } : there };
  });
  for (const name of ['usGovernment', 'china']) {
    const azure = signedIn({ ...wholeProfileAt(address, certificate), name });
    expect(await createApplication(azure, { displayName: 'HR', uniqueName: 'hr' })).toMatchObject({ appId: 'client' });
  }
  expect(received.map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual(
    Array(2).fill(['POST /v1.0/applications', 'GET /v1.0/applications', 'GET /v1.0/applications/object']).flat(),
  );
});
