import { expect, test } from 'vitest';
import { signIn } from '../snippet/sign-in.ts';
import { expectReadAsWritten } from '../text/literals.ts';

test('the snippet in C# builds without a warning, and gets a token from the emulator', async (context) => {
  expect(await signIn(context, 'csharp')).toMatch(/^Got a token of \d+ characters/);
});

test('texts in C#: what was written is what a program reads', (context) => expectReadAsWritten(context, 'csharp'));
