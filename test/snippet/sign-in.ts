import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type TestContext } from 'vitest';
import { type KeyAndCertificate, type SnippetLanguage, snippet, writePfx } from '../../src/index.ts';
import { folder } from '../certificate/tools.ts';
import { signInHost } from '../entra.ts';
import { specOf } from '../specs.ts';
import { runners } from './run.ts';

// Java takes no other than ASCII.
const password = 'pass\'word "1" $x';

/** Runs the snippet of a language against the emulator, signed in with its app's certificate or another; gives what it prints. */
export async function signIn(context: TestContext, language: string, other?: KeyAndCertificate) {
  const { authority, caFile, tenantId, clientId, registered } = await signInHost();
  const { privateKey, certificate } = other ?? registered;
  const place = await folder();
  const [pfx, pem] = [join(place, 'certificate.pfx'), join(place, 'certificate.pem')];
  writeFileSync(pfx, await writePfx({ privateKey, certificate, chain: [] }, { password, rounds: 2 }));
  writeFileSync(pem, `${certificate}${privateKey.export({ type: 'pkcs8', format: 'pem' })}`);
  const written = snippet(specOf({ appRegistration: { tenantId, clientId } }), { language: language as SnippetLanguage });
  expect(written).toContain('https://login.microsoftonline.com/');
  const text = written.replaceAll('https://login.microsoftonline.com', authority);
  return runners[language]?.(context, { folder: place, text, caFile, pfx, pem, password });
}
