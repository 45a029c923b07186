import { expect, test } from 'vitest';
import { foreseeDeployment } from '../../src/azure/deployments.ts';
import { withoutIgnored } from '../../src/azure/ignored-changes.ts';
import { loopback, signedIn, wholeProfileAt } from './loopback.ts';

const at = { subscription: '33333333-3333-3333-3333-333333333333', resourceGroup: 'rg-flows', name: 'certflow-hr' };
const workflow = (name: string) =>
  `/subscriptions/${at.subscription}/resourceGroups/rg-flows/providers/Microsoft.Logic/workflows/${name}`;
const ignored = { resourceId: workflow('other'), changeType: 'Ignore', before: { properties: {} }, after: { properties: {} } };
const own = {
  resourceId: workflow('hr'),
  changeType: 'NoChange',
  before: { properties: {} },
  after: { properties: {} },
  delta: [],
};

test('of a forecast, what it says of other resources is dropped before the SDK reads it', async () => {
  const server = await loopback(() => ({
    status: 200,
    body: { status: 'Succeeded', properties: { correlationId: 'x', changes: [ignored, own, ignored] } },
  }));
  const foreseen = await foreseeDeployment(signedIn(wholeProfileAt(server.address, server.certificate)), at, {
    template: {},
    parameters: {},
  });
  expect(foreseen).toEqual([{ resourceId: own.resourceId, kind: 'NoChange', properties: [] }]);
});

test('the rest of a forecast, and every other answer, stays as it is', () => {
  const forecast = { status: 'Succeeded', properties: { correlationId: 'x', changes: [own, null, 'x', ignored] } };
  expect(withoutIgnored(forecast)).toEqual({
    status: 'Succeeded',
    properties: { correlationId: 'x', changes: [own, null, 'x'] },
  });
  for (const answer of [
    { properties: { changes: [own] } },
    { properties: { changes: 'Ignore' } },
    { properties: null },
    [ignored],
    null,
  ])
    expect(withoutIgnored(answer)).toBe(undefined);
});
