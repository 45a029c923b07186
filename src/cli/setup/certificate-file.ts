import { dirname, join } from 'node:path';
import { RefusedError } from '../../diagnostics/errors.ts';
import { isThere } from '../../disk/kind.ts';
import type { SetupOptions } from '../../setup/setup.ts';
import type { CertificateEnvironment } from '../../spec/spec.ts';
import { writeCertificateFiles } from '../cert/new-files.ts';
import { openedWithKey } from '../cert/open.ts';
import { keyFilePaths, keyFiles } from '../cert/options.ts';
import { chosenPassword, givenPassword, type PasswordOptions } from '../cert/password.ts';
import type { CommandContext } from '../command.ts';
import { tellOfGit } from '../keys-out-of-git.ts';
import type { Revealed } from '../redactor.ts';

interface Options extends PasswordOptions {
  /** Where the file is, or goes; without it beside the spec. */
  readonly pfx?: string;
  readonly json?: true;
}

/** The certificate of a developer's machine for setup. */
export interface LocalCertificate {
  readonly options: Pick<SetupOptions, 'certificate' | 'certificateFile'>;
  readonly path: string;
  /** The password that was made for a new file, once that is written; for results in JSON, without which it has been shown. */
  readonly revealed: () => Revealed | undefined;
}

/**
 * Opens the PFX of a developer's machine, or says how a new one is written, with its public part beside it. Its password is asked for
 * before anything is looked at, and only where a file `isWanted`.
 */
export async function localCertificate(
  specPath: string,
  { certificate: { name } }: CertificateEnvironment,
  { isWanted, ...options }: Options & { readonly isWanted: boolean },
  context: CommandContext,
): Promise<LocalCertificate> {
  const path = options.pfx ?? join(dirname(specPath), `${name}.pfx`);
  if (isThere(path)) {
    const { generatePassword: _, ...known } = options;
    const certificate = await openedWithKey(path, known, context);
    // What is there is never written over.
    const write = () => {
      throw new RefusedError(`${path} is there already.`);
    };
    return { options: { certificate, certificateFile: { path, write } }, path, revealed: () => undefined };
  }
  const base = path.replace(/\.pfx$/i, '');
  const inTheWay = keyFilePaths(base, {}).find((file) => isThere(file));
  if (inTheWay !== undefined)
    throw new RefusedError(`${inTheWay} is there already, without ${path}: move it away, or name another file with --pfx.`);
  const password = isWanted ? await chosenPassword(givenPassword(options, context), context) : undefined;
  let revealed: Revealed | undefined;
  const write: NonNullable<SetupOptions['certificateFile']>['write'] = async (made) => {
    if (!password) return;
    const certificates = await import('../../certificate/index.ts');
    const files = keyFiles(certificates, made, {
      base,
      password: password.value,
      encoding: 'compat',
      pem: false,
      friendlyName: name,
    });
    const ignoring = writeCertificateFiles(files);
    ({ revealed } = password);
    const { output } = context;
    tellOfGit(output, ignoring);
    if (options.json) return;
    // At once: it must not be lost where a later step fails.
    if (revealed) output.reveal('password (shown this once): ', revealed);
    if (password.value === '') output.note('The private key has no password: whoever gets the file can sign in with it.');
  };
  return { options: { certificateFile: { path: `${base}.pfx`, write } }, path: `${base}.pfx`, revealed: () => revealed };
}
