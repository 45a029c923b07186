import type { KeyAndCertificate } from '../../certificate/certificate.ts';
import { CertificateError } from '../../certificate/certificate-error.ts';
import type { Contents } from '../../certificate/open.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import type { CommandContext } from '../command.ts';
import { readSmallFile } from './new-files.ts';
import { askedPassword, givenPassword, type PasswordOptions } from './password.ts';

/** Opens a file with the password that was given; where none was and it needs one, that is asked for on a terminal. */
export async function opened(
  path: string,
  given: string | undefined,
  context: CommandContext,
): Promise<{ contents: Contents; password: string }> {
  const { openFile, recognise } = await import('../../certificate/index.ts');
  const bytes = readSmallFile(path);
  return withPassword(path, given, context, (password) => ({
    contents: openFile(recognise(bytes), password),
    password,
  }));
}

/** A file for an option that wants key and certificate, opened with the password that the options name. */
export async function openedWithKey(path: string, options: PasswordOptions, context: CommandContext): Promise<KeyAndCertificate> {
  const { contents } = await opened(path, givenPassword(options, context)?.value, context);
  const { privateKey, certificate, chain } = contents;
  if (!privateKey)
    throw new UsageError(`${path} holds no private key, and without it nobody can sign in: name the .pfx, not the .cer.`);
  return { privateKey, certificate, chain };
}

/** Tries with the password that was given, or none; where one is needed, asks for it on a terminal. Errors name the file. */
export async function withPassword<Result>(
  path: string,
  given: string | undefined,
  context: CommandContext,
  open: (password: string) => Result,
): Promise<Result> {
  try {
    return open(given ?? '');
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    if (error.code !== 'password-needed' || given !== undefined) throw named(path, error);
    const asked = await askedPassword(path, context);
    if (asked === undefined)
      throw new CertificateError(
        error.code,
        `${path}: ${error.message} Give it with --password-file, --password-stdin or --password-env.`,
        { cause: error },
      );
    try {
      return open(asked);
    } catch (again) {
      throw again instanceof CertificateError ? named(path, again) : again;
    }
  }
}

function named(path: string, error: CertificateError): CertificateError {
  return new CertificateError(error.code, `${path}: ${error.message}`, { cause: error });
}
