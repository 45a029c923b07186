import { describe, expect, test } from 'vitest';
import { bicepCompiler } from '../bicep.ts';
import { models } from './models.ts';
import { partsTakenAway } from './parts-taken-away.ts';
import { compiled, printerNames } from './printers.ts';
import { brokenPromises } from './promises.ts';

/** Every printer must say all that a model has. A new printer is one entry in printers.ts. */
describe.each(printerNames)('the printer of %s', (printer) => {
  test.for(models)('says all of %s', async ([, model], context) => {
    const output = await compiled(bicepCompiler(context), printer, model);
    expect(output.findings).toEqual([]);
    expect(brokenPromises(model, output)).toEqual([]);
  });
});

test('the models have everything that a printer may forget', () => {
  const parts = models.flatMap(([, model]) => partsTakenAway(model).map(([what]) => what));
  for (const part of ['vaultAccess', 'workflow.identity', 'site.identity', 'connection.tags', 'workflow.properties.state'])
    expect(parts).toContain(part);
  expect(parts).toContain('workflow.properties.accessControl');
});
