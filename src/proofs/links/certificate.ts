import { isForbidden } from '../../azure/needing.ts';
import { hasSecret, isDeleted, type VaultCertificate } from '../../azure/vault-certificates.ts';
import { readCertificate } from '../../certificate/index.ts';
import type { Call } from '../../next/call.ts';
import { certflow, commandOf } from '../../next/command-line.ts';
import type { SignInAim } from '../aim.ts';
import { type Finding, type Link, ok, unknown, wrong } from '../proof.ts';
import type { Sight } from '../sight.ts';

/** The certificate as the vault hands it out: there, enabled, in date, with its key, and not renewed behind the back of the registration. */
export function certificateLinks(
  sight: Sight,
  { vault, certificate, line }: Pick<SignInAim, 'vault' | 'certificate' | 'line'>,
): Link[] {
  const { name, version } = certificate;
  const seen = async () => (await sight.certificate(vault.name, name, version)) as VaultCertificate;
  const known = `Key Vault shows the ${version === undefined ? 'newest version' : `version ${version}`} of ${name} without its key`;
  return [
    {
      link: 'certificate',
      known,
      after: ['vault', 'firewall'],
      look: async () => {
        const found = await sight.certificate(vault.name, name, version);
        return found ? judgeCertificate(found, { vault: vault.name, name, line }) : missing(sight, vault.name, certificate, line);
      },
    },
    {
      link: 'private key',
      known: `the policy of ${name} in Key Vault`,
      needs: ['certificate'],
      look: async () =>
        (await seen()).isReadableAsPfx
          ? ok('it is read as a PFX with its key')
          : wrong(
              'its key cannot be read from the vault: it is not exportable, or kept as PEM',
              'Have a new version made, whose key the workflow can read.',
              certflow(line, 'cert rotate'),
            ),
    },
    {
      link: 'renewal',
      known: `the policy of ${name} in Key Vault`,
      needs: ['certificate'],
      look: async () =>
        (await seen()).renewsItself
          ? wrong(
              'the vault makes a new version by itself before this one ends, which the app registration would not know: from then on no sign-in works',
              'Have the vault remind instead (EmailContacts), and renew with "certflow cert rotate".',
              certflow(line, 'setup', '--only', 'vault'),
            )
          : ok('the vault leaves it to others'),
    },
  ];
}

interface Place {
  readonly vault: string;
  readonly name: string;
  readonly line: Call;
}

/** Whether a version of a certificate in a vault can sign in now. */
export function judgeCertificate(found: VaultCertificate, { vault, name, line }: Place): Finding {
  const { subject, validFromDate, validToDate } = readCertificate(found.der, 'The certificate in the vault');
  const rotate = certflow(line, 'cert rotate');
  if (!found.isEnabled)
    return wrong(
      `the version ${found.version} is disabled: the vault hands it out to nobody`,
      'Enable it.',
      commandOf('az', 'keyvault', 'certificate', 'set-attributes', '--vault-name', vault, '--name', name, '--enabled', 'true'),
    );
  if (validToDate.getTime() < Date.now()) return wrong(`it ended on ${day(validToDate)}`, 'Put a new one there.', rotate);
  if (validFromDate.getTime() > Date.now())
    return wrong(`it holds from ${day(validFromDate)} on only`, 'Wait until then, or put another one there.', rotate);
  return ok(`${subject.replaceAll('\n', ', ')}, until ${day(validToDate)}, thumbprint ${thumbprint(found.thumbprint)}`);
}

export function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** As portals show it: hexadecimal capitals. `base64url` is what vaults say. */
export function thumbprint(base64url: string): string {
  return Buffer.from(base64url, 'base64url').toString('hex').toUpperCase();
}

async function missing(sight: Sight, vault: string, { name, version }: SignInAim['certificate'], line: Call): Promise<Finding> {
  const { azure } = sight;
  if (version !== undefined && (await sight.certificate(vault, name)))
    return wrong(
      `${name} has no version ${version}`,
      'Leave certificate.version out of the spec, or name one that is there.',
      commandOf('az', 'keyvault', 'certificate', 'list-versions', '--vault-name', vault, '--name', name),
    );
  if (await isDeleted(azure, vault, name))
    return wrong(
      `${name} was deleted from the vault ${vault}, and can be recovered`,
      'Recover it.',
      commandOf('az', 'keyvault', 'certificate', 'recover', '--vault-name', vault, '--name', name),
    );
  // Who may see certificates alone is told of certificates.
  const isSecret = await hasSecret(azure, vault, name).catch((error: unknown) => {
    if (isForbidden(error)) return false;
    throw error;
  });
  if (isSecret)
    return unknown(
      `${name} is a secret, and no certificate: what is in it shows only to who reads it`,
      'Look with "certflow doctor", which reads it; or import it as a certificate: "certflow setup" with --pfx.',
    );
  return wrong(
    `the vault ${vault} has no certificate ${name}`,
    'Have it made, or import it with --pfx.',
    certflow(line, 'setup'),
  );
}
