import { expect, test } from 'vitest';
import { snippetLanguages } from '../../src/snippet/languages.ts';
import { anyCertificate } from '../certificate/tools.ts';
import { runners } from '../snippet/run.ts';
import { signIn } from '../snippet/sign-in.ts';

test('every language is run here', () => {
  expect(Object.keys(runners)).toEqual(snippetLanguages);
});

test.for(snippetLanguages)(
  '%s is built without a warning where it is built, and gets a token from the emulator',
  async (language, context) => {
    expect(await signIn(context, language)).toMatch(/^Got a token of \d+ characters/);
  },
);

test("a certificate that is not registered gets none, and Entra ID's reason is told", async (context) => {
  await expect(signIn(context, 'typescript', anyCertificate)).rejects.toThrow(/AADSTS700027.*The key was not found/);
});
