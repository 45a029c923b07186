import { test } from 'vitest';
import { compiled, expectReadAsWritten } from '../text/literals.ts';

test.for(compiled)('texts in %s: what was written is what a program reads', (language, context) =>
  expectReadAsWritten(context, language),
);
