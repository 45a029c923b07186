import { expect, test } from 'vitest';
import { exportPackage, generate, open, type Spec } from '../../src/index.ts';
import { member } from '../../src/json/member.ts';
import { flowTarget } from '../formats/packages.ts';
import { baseSpec, specOf } from '../specs.ts';

/**
 * Words that the service takes in any case, and somebody who reads the definition does not: the designer shows an empty list or a grey
 * card, a schema refuses them. So each is written as Microsoft's designer writes it; nothing else may be generated at these places.
 * Sources: docs/facts/definitions.md, docs/facts/solution.md, docs/facts/key-vault.md.
 */
const words: Readonly<Record<string, readonly string[]>> = {
  'type of a trigger': ['Recurrence', 'Request'],
  'kind of a trigger in a Logic App': ['Http'],
  'kind of a trigger in a flow': ['Button', 'Http'],
  'type of an action': ['ApiConnection', 'Http', 'OpenApiConnection', 'ServiceProvider'],
  'method of a connector': ['get'],
  'method of a request': ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
  'type of an authentication': ['ActiveDirectoryOAuth', 'ClientCertificate'],
  'type of a retry policy': ['exponential', 'fixed', 'none'],
  'status to run after': ['Failed', 'Skipped', 'Succeeded', 'TimedOut'],
  'what is hidden': ['inputs', 'outputs'],
  'frequency of a recurrence': ['Day', 'Hour', 'Minute', 'Month', 'Second', 'Week'],
  'day of a schedule': ['Friday', 'Monday', 'Saturday', 'Sunday', 'Thursday', 'Tuesday', 'Wednesday'],
  'type of a parameter': ['Object', 'SecureObject', 'String'],
  'who may call a flow': ['All', 'Tenant'],
};

const days = words['day of a schedule'] as readonly string[];
const url = 'https://contoso.sharepoint.com/x';

/** Specs in which every word is asked for that a spec can ask for. */
function everything(): Spec[] {
  const standard = { ...baseSpec.targets.consumption, site: 'logic-contoso' };
  const retries = ['Exponential', 'Fixed', 'None', 'exponential', 'fixed', 'none'].map((type, index) => ({
    name: `Retry ${index}`,
    url,
    retryPolicy: { type, count: 3, interval: 'PT5S' },
  }));
  const methods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'].map((method) => ({
    name: `Do ${method}`,
    url,
    method,
  }));
  const requests = [
    ...retries,
    ...methods,
    { name: 'Mutual', url, signIn: 'clientCertificate' },
    { name: 'Last', url, runAfter: { Mutual: ['Succeeded', 'Failed', 'Skipped', 'TimedOut'] } },
  ];
  const triggers = [
    [{ manual: {} }, {}],
    [{ request: {} }, { callers: 'tenant' }],
    [{ request: {} }, { callers: 'anyone' }],
    [{ recurrence: { frequency: 'Week', interval: 1, schedule: { weekDays: days, hours: [6] } } }, {}],
    [{ recurrence: { frequency: 'Second', interval: 60 } }, {}],
    ...['Minute', 'Hour', 'Day', 'Month'].map((frequency) => [{ recurrence: { frequency, interval: 1 } }, {}]),
  ] as const;
  return triggers.map(([trigger, callers]) =>
    specOf({ trigger, requests, targets: { ...baseSpec.targets, standard, powerAutomate: { ...flowTarget, ...callers } } }),
  );
}

/** The words at the places of a definition. */
function* wordsOf(definition: object, isFlow: boolean): Generator<[place: string, word: unknown]> {
  const values = (...path: string[]) => Object.values((member(definition, ...path) ?? {}) as Record<string, unknown>);
  for (const parameter of values('parameters')) yield ['type of a parameter', member(parameter, 'type')];
  for (const trigger of values('triggers')) {
    yield ['type of a trigger', member(trigger, 'type')];
    yield [`kind of a trigger in a ${isFlow ? 'flow' : 'Logic App'}`, member(trigger, 'kind')];
    yield ['who may call a flow', member(trigger, 'inputs', 'triggerAuthenticationType')];
    yield ['frequency of a recurrence', member(trigger, 'recurrence', 'frequency')];
    for (const day of [member(trigger, 'recurrence', 'schedule', 'weekDays') ?? []].flat()) yield ['day of a schedule', day];
  }
  for (const action of values('actions')) {
    const type = member(action, 'type');
    yield ['type of an action', type];
    yield [`method of a ${type === 'Http' ? 'request' : 'connector'}`, member(action, 'inputs', 'method')];
    yield ['type of an authentication', member(action, 'inputs', 'authentication', 'type')];
    yield ['type of a retry policy', member(action, 'inputs', 'retryPolicy', 'type')];
    for (const hidden of [member(action, 'runtimeConfiguration', 'secureData', 'properties') ?? []].flat())
      yield ['what is hidden', hidden];
    for (const status of Object.values((member(action, 'runAfter') ?? {}) as object).flat())
      yield ['status to run after', status];
  }
}

const formats = ['definition', 'standard-project', 'solution', 'flow-package'] as const;

async function definitionsOf(spec: Spec, format: (typeof formats)[number]): Promise<readonly object[]> {
  if (format !== 'definition')
    return (await open(exportPackage(spec, { format }))).definitions.map(({ definition, parameters }) => ({
      ...definition,
      // Of Standard: they are declared beside the workflow.
      parameters: { ...(definition.parameters as object), ...(parameters as object) },
    }));
  const [file] = generate(spec, { format });
  return [JSON.parse(String(file?.contents))];
}

test('the words of a definition are written in the case in which they are looked for', async () => {
  const found = new Map<string, Set<unknown>>();
  for (const spec of everything())
    for (const format of formats)
      for (const definition of await definitionsOf(spec, format))
        for (const [place, word] of wordsOf(definition, /solution|flow/.test(format)))
          if (word !== undefined) found.set(place, (found.get(place) ?? new Set()).add(word));
  expect(Object.fromEntries([...found].map(([place, set]) => [place, [...set].sort()]))).toEqual(words);
});
