import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { type FormatName, generate } from '../../src/index.ts';
import { baseSpec, specOf } from '../specs.ts';

test('formats of one host share what the checker said of the definition: it is looked at once', () => {
  // A busy service is not asked again, which the checker tells.
  const appService = { subscription: '33333333-3333-3333-3333-333333333333', resourceGroup: 'rg-web', site: 'app-contoso' };
  const spec = specOf({
    targets: { ...baseSpec.targets, appService },
    requests: [{ name: 'Get lists', url: 'https://contoso.sharepoint.com/_api/web/lists', retryPolicy: { type: 'none' } }],
  });
  const noted = (format: FormatName) => {
    const found: Diagnostic[] = [];
    generate(spec, { format, report: (note) => found.push(note) });
    return found.find(({ rule }) => rule === 'throttled-without-retry');
  };
  const first = noted('definition');
  expect(first).toBeDefined();
  expect(noted('arm')).toBe(first);
  expect(noted('bicep')).toBe(first);
  expect(noted('app-service')).toBe(first);
});

const leaking = {
  actions: {
    Keep: {
      type: 'InitializeVariable',
      inputs: { variables: [{ name: 'kept', type: 'string', value: "@body('Get_secret')?['value']" }] },
      runAfter: { Get_lists: ['Succeeded'] },
    },
  },
};
const ignore = [
  { rule: 'secret-in-run-history', action: 'Keep', reason: 'the vault of the lab' },
  { rule: 'secret-leaves', reason: 'nothing leaves' },
];

test('a leak that the spec has ignored is made, and told with its reason and its place in the spec', () => {
  expect(() => generate(specOf(leaking), { format: 'definition' })).toThrow();
  const spec = specOf({ ...leaking, ignore });
  for (const format of ['definition', 'arm', 'bicep'] as const) {
    const found: Diagnostic[] = [];
    generate(spec, { format, report: (note) => found.push(note) });
    const told = found.filter(({ category }) => category === 'security');
    expect(told.map(({ rule, severity, pointer }) => [rule, severity, pointer])).toEqual([
      ['secret-in-run-history', 'info', expect.stringMatching(/^\/actions\/Keep\/inputs/)],
    ]);
    expect(told[0]?.message).toMatch(/; the spec has it ignored: "the vault of the lab"$/);
  }
});
