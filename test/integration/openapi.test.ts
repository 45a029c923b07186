import { expect, test } from 'vitest';
import type { Recorded } from '../../src/emulator/index.ts';
import { openApi } from '../openapi.ts';
import { baseSpec } from '../specs.ts';
import { readyCloud, specFile } from './cloud.ts';

/** The descriptions at hand are older than what the SDKs ask for; the bodies are the same. See ../shared/reference/openapi/README.md. */
const described: readonly (readonly [path: RegExp, version: string])[] = [
  [/\/providers\/Microsoft\.Logic\//i, '2019-05-01'],
  [/\/providers\/Microsoft\.Web\//i, '2016-06-01'],
  [/\/providers\/Microsoft\.Authorization\//i, '2022-04-01'],
  [/\/providers\/Microsoft\.KeyVault\//i, '2023-07-01'],
  [/./, '2024-07-01'],
];

test("everything that the commands send is as Microsoft's OpenAPI descriptions have it", async (context) => {
  const validate = await openApi(context);
  const { certflow, appRegistration, requests } = await readyCloud();
  const from = requests().length;
  const consumption = baseSpec.targets.consumption;
  const spec = specFile({
    appRegistration,
    trigger: { recurrence: { frequency: 'Day', interval: 1 } },
    targets: { consumption },
  });
  const changed = specFile({ appRegistration, targets: { consumption: { ...consumption, tags: { owner: 'me' } } } });
  for (const args of [
    ['deploy', spec, '--yes', '--run'],
    ['deploy', changed, '--yes', '--run'],
    ['status', changed],
    ['runs', 'list', changed, '--status', 'Succeeded'],
    ['runs', 'show', 'latest', changed],
    ['runs', 'resubmit', 'latest', changed],
    ['destroy', changed, '--yes', '--include', 'vault'],
  ])
    expect([args, (await certflow(...args)).code]).toEqual([args, 0]);
  // What was told in an answer to be asked is in no description. The answers themselves are judged where the emulator is.
  const sent = requests()
    .slice(from)
    .filter(({ service, url }) => service === 'arm' && !/\/(operationStatuses|whatIfResults|operationresults)\//i.test(url));
  const found = new Set<string>();
  for (const recorded of sent) for (const line of await linesOf(validate, recorded)) found.add(line);
  expect([...found]).toEqual([]);
  expect(sent.length).toBeGreaterThan(50);
});

function linesOf(validate: Awaited<ReturnType<typeof openApi>>, { method, url, body }: Recorded): Promise<string[]> {
  const address = new URL(url);
  const [, version = ''] = described.find(([path]) => path.test(address.pathname)) ?? [];
  address.searchParams.set('api-version', version);
  return validate(
    method,
    `https://management.azure.com${address.pathname}${address.search}`,
    body === '' ? undefined : JSON.parse(body),
  );
}
