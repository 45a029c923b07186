import { type Command, Option } from 'commander';
import type { KeyAndCertificate } from '../../certificate/certificate.ts';
import type { PfxEncoding } from '../../certificate/pfx/encoding.ts';
import type { CertificateFacts } from '../../certificate/shown.ts';
import type { NewFile } from '../../disk/write.ts';
import { tellOfGit } from '../keys-out-of-git.ts';
import type { Output } from '../output.ts';
import { localTime } from '../times.ts';
import type { Password } from './password.ts';

type Certificates = typeof import('../../certificate/index.ts');

/** What the subcommands of `certflow cert` share: options, the files they write, and what they say about them. */

export function encodingOption(command: Command): Option {
  return command
    .createOption('--encoding <name>', 'how the PFX is encrypted: compat (3DES, which all of Azure reads) or modern (AES-256)')
    .choices(['compat', 'modern'])
    .default('compat');
}

export function subjectOptions(command: Command): Command {
  return command
    .requiredOption('--subject <name>', 'whose certificate it is, such as "CN=HR lists reader"')
    .addOption(new Option('--bits <number>', 'length of the RSA key').choices(['2048', '3072', '4096']).default('2048'));
}

export interface KeyFileOptions {
  /** Path without extension. */
  readonly base: string;
  readonly password: string;
  readonly encoding: PfxEncoding;
  readonly pem: boolean;
  readonly friendlyName?: string;
}

/** Where `keyFiles` go. */
export function keyFilePaths(base: string, { pem }: { readonly pem?: true }): string[] {
  return ['cer', 'pfx', ...(pem ? ['pem'] : [])].map((extension) => `${base}.${extension}`);
}

/** The certificate alone (.cer, DER), the PFX, and where asked for the PEM file: key, certificate, chain. */
export function keyFiles(certificates: Certificates, made: KeyAndCertificate, options: KeyFileOptions): NewFile[] {
  const { base, password, encoding, friendlyName } = options;
  const pfx = certificates.writePfx(made, { password, encoding, ...(friendlyName === undefined ? {} : { friendlyName }) });
  return [
    { path: `${base}.cer`, contents: made.certificate.raw, isSecret: false },
    { path: `${base}.pfx`, contents: pfx, isSecret: true },
    ...(options.pem ? [{ path: `${base}.pem`, contents: pemText(certificates, made, password), isSecret: true }] : []),
  ];
}

/** Key, certificate and chain in one text. */
export function pemText(
  certificates: Certificates,
  { privateKey, certificate, chain }: KeyAndCertificate,
  password: string,
): string {
  const key = certificates.privateKeyToPem(privateKey, password);
  return key + [certificate, ...chain].map(({ raw }) => certificates.toPem('CERTIFICATE', raw)).join('');
}

export interface Report {
  readonly files: readonly NewFile[];
  /** The .gitignore files that were written beside them. */
  readonly ignoring: readonly string[];
  readonly certificate?: CertificateFacts;
  readonly encoding?: PfxEncoding;
  readonly password: Password;
}

/** Which encoding was written, and why. Source: docs/commands/cert.md#the-two-encodings-of-a-pfx. */
const encodingLines: Readonly<Record<PfxEncoding, string>> = {
  compat:
    'The PFX is in the encoding compat (3DES), for App Service and older readers take no other; --encoding modern writes AES-256.',
  modern: 'The PFX is in the encoding modern (AES-256), as --encoding says; App Service and older readers want compat.',
};

/** Says what was written; the one place where a password made here is shown. */
export function report(output: Output, { json }: { readonly json?: true }, report: Report) {
  const { files, ignoring, certificate, encoding, password } = report;
  const { revealed } = password;
  tellOfGit(output, ignoring);
  const paths = files.map(({ path }) => path);
  if (json) {
    output.json({
      files: paths,
      ...(certificate ? { certificate } : {}),
      ...(encoding ? { encoding } : {}),
      ...(revealed ? { password: revealed } : {}),
    });
    return;
  }
  output.result(paths.map((path) => `created  ${path}`));
  if (certificate) {
    const { subject, notAfter, daysLeft, thumbprints } = certificate;
    output.note(`${subject}, until ${localTime(notAfter)} (${daysLeft} days), SHA-1 thumbprint ${thumbprints.sha1.hex}`);
  }
  if (encoding) output.note(encodingLines[encoding]);
  if (revealed) output.reveal('password (shown this once): ', revealed);
  if (password.value === '') output.note('The private key has no password: whoever gets the file can sign in with it.');
}
