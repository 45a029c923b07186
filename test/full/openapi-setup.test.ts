import { expect, test } from 'vitest';
import { finishOn } from '../../src/setup/rotate/finish.ts';
import { rotateOn } from '../../src/setup/rotate/rotate.ts';
import { calledDuring, missed } from '../azure/requests.ts';
import { anyCertificate } from '../certificate/tools.ts';
import { azure as clientsOf } from '../emulator/azure.ts';
import { armAddress, type Deviation, judge, polled, vaultAddress } from '../emulator/judge.ts';
import { grant, vaultClients } from '../emulator/vaults.ts';
import { openApiOfExchanges } from '../openapi.ts';
import { removalsOf, wholeSpec, world } from '../setup/world.ts';
import { specOf } from '../specs.ts';

/** oav takes these for versions too, and judges neither (test/full/openapi-emulator.test.ts). */
const vaultDeviations: readonly Deviation[] = [
  { line: /certificates\/[^/]+\/(pending|versions|policy)\?.*Found multiple matching operations/, why: 'ambiguous to oav' },
];

test('what setting up and rotation ask of Resource Manager and of the vault, and the answers, are as Microsoft describes them', async (context) => {
  const { run, azure, requests, profile } = await world();
  const called = await calledDuring(async () => {
    const { clientId } = await run();
    await run({ certificate: { name: 'imported' } }, { only: ['vault'], certificate: anyCertificate });
    await run({ vault: { name: 'kv-policies', resourceGroup: 'rg-shared', access: 'policy' } }, { only: ['vault', 'grant'] });
    const spec = specOf({ ...wholeSpec, appRegistration: { ...wholeSpec.appRegistration, clientId } });
    await rotateOn(azure, spec, { confirm: () => true });
    await finishOn(azure, spec, { overlapDays: 0, confirm: () => true });
    // Who holds the right already is told whether a certificate of that name was deleted.
    await grant(clientsOf(profile), 'certificatesOfficer');
    await run({ certificate: { name: 'another' } }, { only: ['vault'], certificate: anyCertificate });
    const { certificates } = vaultClients(profile);
    const lifetimeActions = [{ action: 'AutoRenew' as const, lifetimePercentage: 80 }];
    await certificates.updateCertificatePolicy('another', { issuerName: 'Self', subject: 'CN=another', lifetimeActions });
    await run({ certificate: { name: 'another' } }, { only: ['vault'] });
    for (const { remove } of await removalsOf(azure, spec)) await remove(() => {});
  });
  expect(missed('judged', 'setup', called)).toEqual([]);

  const arm = requests().filter(({ service, url }) => service === 'arm' && !polled.test(url));
  await judge(arm, await openApiOfExchanges(context, true), armAddress, []);
  const vault = requests().filter(({ service }) => service === 'vault');
  await judge(vault, await openApiOfExchanges(context, false), vaultAddress, vaultDeviations);
});
