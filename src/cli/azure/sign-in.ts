import { loaded } from '../../azure/load.ts';
import type { SignIn } from '../../azure/sign-in.ts';
import { CertificateError } from '../../certificate/certificate-error.ts';
import type { CloudProfile } from '../../cloud/profile.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { decodeText } from '../../document/decode.ts';
import { readSmallFile } from '../cert/new-files.ts';
import { openedWithKey } from '../cert/open.ts';
import { pemText } from '../cert/options.ts';
import type { PasswordOptions } from '../cert/password.ts';
import type { CommandContext } from '../command.ts';
import type { AzureOptions } from './options.ts';

/** Who signs in, as the options say; undefined where they name nobody. */
export async function signInOf(options: AzureOptions, context: CommandContext): Promise<SignIn | undefined> {
  const { tenant, deviceCode, servicePrincipal, certificateFile } = options;
  const tenantId = tenant === undefined ? {} : { tenantId: tenant };
  if (deviceCode) {
    if (servicePrincipal !== undefined || certificateFile !== undefined)
      throw new UsageError('--device-code signs in a person, --service-principal an app registration: name one of them.');
    return { kind: 'device-code', ...tenantId, show: (text) => context.output.note(text) };
  }
  if (servicePrincipal === undefined && certificateFile === undefined) {
    if (tenant === undefined) return undefined;
    const signIn: SignIn = { kind: 'default', ...tenantId };
    (await loaded(() => import('../../azure/sign-in.ts'))).checkTenant(signIn, context.env);
    return signIn;
  }
  if (tenant === undefined || servicePrincipal === undefined || certificateFile === undefined)
    throw new UsageError(
      'An app registration signs in with --service-principal <client id>, --tenant <id> and --certificate-file <pfx or pem>: name all three.',
    );
  const certificate = { pem: await pemOf(certificateFile, passwordOptions(options), context) };
  return { kind: 'certificate', tenantId: tenant, clientId: servicePrincipal, certificate };
}

/** Who signs in to a cloud that a file describes; undefined where the file names nobody. */
export function signInOfProfile({ signIn }: CloudProfile, { output }: CommandContext): SignIn | undefined {
  if (signIn === undefined) return undefined;
  const { tenantId, clientId, certificatePath } = signIn;
  const pem = decodeText(readSmallFile(certificatePath));
  output.addSecret(pem);
  return { kind: 'certificate', tenantId, clientId, certificate: { pem } };
}

/** Private key and certificates of a PFX or PEM file, as the SDK wants them. The key never goes to a disk. */
async function pemOf(file: string, options: PasswordOptions, context: CommandContext): Promise<string> {
  const made = await openedWithKey(file, options, context).catch((error: unknown) => {
    if (!(error instanceof CertificateError)) throw error;
    // The same options under the name that they have here.
    throw new CertificateError(error.code, error.message.replaceAll(/--password-/g, '--certificate-password-'), { cause: error });
  });
  const pem = pemText(await import('../../certificate/index.ts'), made, '');
  context.output.addSecret(pem);
  return pem;
}

function passwordOptions(options: AzureOptions): PasswordOptions {
  const { certificatePasswordFile, certificatePasswordStdin, certificatePasswordEnv, certificatePassword } = options;
  return {
    ...(certificatePasswordFile === undefined ? {} : { passwordFile: certificatePasswordFile }),
    ...(certificatePasswordStdin === undefined ? {} : { passwordStdin: certificatePasswordStdin }),
    ...(certificatePasswordEnv === undefined ? {} : { passwordEnv: certificatePasswordEnv }),
    ...(certificatePassword === undefined ? {} : { password: certificatePassword }),
  };
}
