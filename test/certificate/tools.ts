import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, type TestContext } from 'vitest';
import type { KeyAndCertificate } from '../../src/certificate/certificate.ts';
import { createCertificate } from '../../src/certificate/create.ts';
import { needsProgram } from '../programs.ts';

/** One certificate for the tests that need any. */
export const anyCertificate: KeyAndCertificate = await createCertificate({ subject: 'CN=any, O="Contoso, Ltd"' });

/** Programs that may be missing on a machine; the test is skipped there, and says so. */
export function needs(context: TestContext, tool: 'openssl' | 'keytool') {
  if (tool === 'openssl') needsProgram(context, tool, ['version'], (output) => /OpenSSL [3-9]/.test(output));
  else needsProgram(context, tool, ['-help'], () => true);
}

export async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'certflow-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** Runs openssl; passwords go by the variables IN and OUT, so that they are UTF-8 everywhere. */
export function openssl(args: readonly string[], passwords: { IN?: string; OUT?: string } = {}): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe', env: { ...process.env, ...passwords } });
}

/** A key and a certificate in PEM files, as openssl takes them. */
export function pemFiles(folder: string, { privateKey, certificate }: KeyAndCertificate) {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(cert, certificate.toString());
  return { key, cert };
}

/** A PFX that openssl writes with these options. */
export function opensslPfx(
  folder: string,
  made: KeyAndCertificate,
  options: readonly string[],
  password: string | undefined,
): Buffer {
  const { key, cert } = pemFiles(folder, made);
  const out = join(folder, 'openssl.pfx');
  const pass = password === undefined ? ['-passout', 'pass:'] : ['-passout', 'env:OUT'];
  openssl(
    ['pkcs12', '-export', '-inkey', key, '-in', cert, '-out', out, ...options, ...pass],
    password === undefined ? {} : { OUT: password },
  );
  return readFileSync(out);
}

/** PKCS#8 of a private key, for comparing. */
export function pkcs8({ privateKey }: Pick<KeyAndCertificate, 'privateKey'>): string {
  return privateKey.export({ type: 'pkcs8', format: 'der' }).toString('hex');
}
