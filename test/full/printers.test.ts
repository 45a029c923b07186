import { expect, test } from 'vitest';
import { bicepCompiler } from '../bicep.ts';
import { models } from '../infrastructure/models.ts';
import { partsTakenAway } from '../infrastructure/parts-taken-away.ts';
import { compiled, printerNames } from '../infrastructure/printers.ts';
import { brokenPromises } from '../infrastructure/promises.ts';

/** The contract of test/infrastructure has a failing side for each part of each model: a printer that leaves it out is found out. */
test.for(printerNames.flatMap((printer) => models.map(([name, model]) => [printer, name, model] as const)))(
  'the printer of %s is found out where it leaves out any part of %s',
  async ([printer, , model], context) => {
    const compiler = bicepCompiler(context);
    const unseen: string[] = [];
    for (const [what, without] of partsTakenAway(model)) {
      // What no longer compiles is found out too.
      const output = await compiled(compiler, printer, without).catch(() => undefined);
      if (output && brokenPromises(model, output).length === 0) unseen.push(what);
    }
    expect(unseen).toEqual([]);
  },
);
