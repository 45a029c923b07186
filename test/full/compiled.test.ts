import { expect, test } from 'vitest';
import { signIn } from '../snippet/sign-in.ts';
import { compiled, expectReadAsWritten } from '../text/literals.ts';

test.for(compiled)(
  'the snippet in %s builds without a warning, and gets a token from the emulator',
  async (language, context) => {
    expect(await signIn(context, language)).toMatch(/^Got a token of \d+ characters/);
  },
);

test.for(compiled)('texts in %s: what was written is what a program reads', (language, context) =>
  expectReadAsWritten(context, language),
);
