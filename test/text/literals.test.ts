import { test } from 'vitest';
import { expectReadAsWritten, languages } from './literals.ts';

test.for(languages)('%s: what was written is what a program reads', (language, context) =>
  expectReadAsWritten(context, language),
);
