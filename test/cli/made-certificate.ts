import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePfx } from '../../src/certificate/pfx/write.ts';
import { anyCertificate } from '../certificate/tools.ts';
import { certflowWith, emptyFolder } from './run.ts';

export const password = 'canary pässword "1"';
export const withPassword = { PFX_PASSWORD: password };
export const fromEnv = ['--password-env', 'PFX_PASSWORD'];
export const modern = ['--encoding', 'modern'];

/** A certificate of its own, made by the command; `modern`, which is quicker, unless an encoding is named. */
export async function made(...options: string[]) {
  const folder = await emptyFolder();
  const subject = ['--subject', 'CN=HR lists reader', '--out', `${folder}/`];
  const encoding = options.includes('--encoding') ? [] : modern;
  const run = await certflowWith(withPassword, 'cert', 'create', ...subject, ...encoding, ...options);
  const path = (extension: string) => join(folder, `hr-lists-reader.${extension}`);
  return { folder, path, ...run };
}

/** The same files without the work of closing them well: for tests of what is done with them. */
export async function prepared() {
  const folder = await emptyFolder();
  const path = (extension: string) => join(folder, `x.${extension}`);
  await writeFile(path('pfx'), writePfx(anyCertificate, { password, rounds: 2 }));
  await writeFile(path('cer'), anyCertificate.certificate.raw);
  return { folder, path };
}
