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
