import { expect, test } from 'vitest';
import { workflowProblem } from '../../src/cli/workflow-problem.ts';
import type { Recorded } from '../../src/emulator/index.ts';
import { calledDuring, missed } from '../azure/requests.ts';
import { certflow } from '../cli/run.ts';
import { ground } from '../emulator/azure.ts';
import { polled } from '../emulator/judge.ts';
import { emulator } from '../emulator/start.ts';
import { readyCloud, specFile } from '../integration/cloud.ts';
import { appOf } from '../integration/sites.ts';
import { openApi } from '../openapi.ts';
import { identitySpec } from '../proofs/identity.ts';
import { baseSpec } from '../specs.ts';

/** The descriptions at hand are older than what the SDKs ask for; the bodies are the same. See ../shared/reference/openapi/README.md. */
const versions: readonly (readonly [path: RegExp, version: string])[] = [
  [/\/providers\/Microsoft\.Logic\//i, '2019-05-01'],
  [/\/providers\/Microsoft\.Web\//i, '2016-06-01'],
  [/\/providers\/Microsoft\.Authorization\//i, '2022-04-01'],
  [/\/providers\/Microsoft\.KeyVault\//i, '2023-07-01'],
  [/./, '2024-07-01'],
];

test("everything that the commands send is as Microsoft's OpenAPI descriptions have it", async (context) => {
  const validate = await openApi(context);
  const { certflow, appRegistration, requests, clients, hold, profile, setFaults } = await readyCloud();
  await ground(clients, { isRbac: false, vault: 'kv-old' });
  await appOf({ clients, profile }, 'app-contoso-dev', {});
  const from = requests().length;
  const consumption = baseSpec.targets.consumption;
  const spec = specFile({
    appRegistration,
    trigger: { recurrence: { frequency: 'Day', interval: 1 } },
    targets: { consumption },
  });
  const changed = specFile({ appRegistration, targets: { consumption: { ...consumption, tags: { owner: 'me' } } } });
  const policies = specFile({
    vault: { name: 'kv-old', resourceGroup: 'rg-shared', access: 'policy' },
    targets: { consumption },
  });
  // The app registration has no right on this site: its API refuses, and says why in an answer that run history shows.
  const refused = specFile({
    name: 'refused',
    appRegistration,
    requests: [{ name: 'Get lists', url: 'https://contoso.sharepoint.com/sites/closed/_api/web/lists' }],
    targets: { consumption },
  });
  const app = specFile({
    appRegistration,
    targets: { appService: { ...consumption, resourceGroup: 'rg-flows', site: 'app-contoso-dev' } },
  });
  const run = async (...args: string[]) => expect([args, (await certflow(...args)).code]).toEqual([args, 0]);
  // What fails: a deployment, a run, and the proofs of a vault without the certificate.
  const runs = async (...args: string[]) => expect([args, (await certflow(...args)).code]).toEqual([args, 1]);
  const called = await calledDuring(async () => {
    // What a deployment that fails has done is asked for.
    setFaults([{ kind: 'failedLate', method: 'PUT', path: /certflow-hr-lists/ }]);
    await runs('deploy', spec, '--yes');
    setFaults([]);
    await run('deploy', spec, '--yes', '--run');
    await run('deploy', changed, '--yes', '--run');
    await run('status', changed);
    const logicApps = `/subscriptions/${consumption.subscription}/resourceGroups/${consumption.resourceGroup}/providers/Microsoft.Logic`;
    await run('doctor', '--logic-app', `${logicApps}/workflows/hr-lists`);
    await run('runs', 'list', changed, '--status', 'Succeeded');
    await run('runs', 'show', 'latest', changed);
    await run('runs', 'resubmit', 'latest', changed);
    const release = hold();
    await clients.logic.workflowTriggers.run(consumption.resourceGroup, 'hr-lists', 'manual');
    await run('runs', 'cancel', 'latest', changed);
    release();
    await runs('deploy', refused, '--yes', '--run');
    await run('destroy', refused, '--yes');
    await run('deploy', app, '--yes');
    await run('destroy', app, '--yes');
    await run('destroy', changed, '--yes', '--include', 'vault');
    await runs('deploy', policies, '--yes');
    await run('destroy', policies, '--yes');
  });
  expect(missed('judged', 'commands', called)).toEqual([]);
  const sent = described(requests().slice(from));
  expect(await said(validate, sent)).toEqual([]);
  expect(sent.length).toBeGreaterThan(50);
});

test('so is what they send for a spec that signs in with an identity that setup makes, and nothing asks for a vault', async (context) => {
  const validate = await openApi(context);
  const loopback = await emulator({ validateWorkflow: workflowProblem });
  const spec = specFile({
    ...identitySpec,
    requests: identitySpec.requests.slice(0, 2),
    targets: { consumption: { ...identitySpec.targets.consumption, existingIdentity: false } },
  });
  const run = async (...args: string[]) =>
    expect([args, (await certflow(...args, '--cloud-file', loopback.cloudFile)).code]).toEqual([args, 0]);
  const called = await calledDuring(async () => {
    await run('setup', spec, '--yes');
    await run('deploy', spec, '--yes', '--run');
    await run('status', spec);
    await run('destroy', spec, '--yes');
    await run('destroy', spec, '--setup', '--yes');
  });
  expect(missed('judged', 'identities', called)).toEqual([]);
  const sent = described(loopback.requests());
  expect(await said(validate, sent)).toEqual([]);
  const writes = sent.filter(({ method }) => method !== 'GET').map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  expect(writes).toContainEqual(expect.stringMatching(/^PUT .*\/deployments\//i));
  expect(writes).toContainEqual(expect.stringMatching(/^DELETE .*\/workflows\/hr-lists$/i));
  expect(loopback.requests().filter(({ url }) => /vault/i.test(url))).toEqual([]);
  // The same with what no description has is told.
  const [deployment] = sent.filter(({ method, url }) => method === 'PUT' && /\/deployments\//i.test(url));
  if (!deployment) throw new Error('nothing was deployed');
  expect(await said(validate, [{ ...deployment, body: JSON.stringify({ properties: {} }) }])).toContainEqual(
    expect.stringContaining('mode'),
  );
});

/**
 * What was told in an answer to be asked is in no description, nor are identities, and of Microsoft.Web only connections are. The answers
 * themselves are judged where the emulator is.
 */
function described(recorded: readonly Recorded[]): Recorded[] {
  const isDescribed = (url: string) =>
    !polled.test(url) && !/\/providers\/Microsoft\.(Web\/sites|ManagedIdentity\/userAssignedIdentities)\//i.test(url);
  return recorded.filter(({ service, url }) => service === 'arm' && isDescribed(url));
}

async function said(validate: Awaited<ReturnType<typeof openApi>>, sent: readonly Recorded[]): Promise<string[]> {
  const found = new Set<string>();
  for (const recorded of sent) for (const line of await linesOf(validate, recorded)) found.add(line);
  return [...found];
}

function linesOf(validate: Awaited<ReturnType<typeof openApi>>, { method, url, body }: Recorded): Promise<string[]> {
  const address = new URL(url);
  const [, version = ''] = versions.find(([path]) => path.test(address.pathname)) ?? [];
  address.searchParams.set('api-version', version);
  return validate(
    method,
    `https://management.azure.com${address.pathname}${address.search}`,
    body === '' ? undefined : JSON.parse(body),
  );
}
