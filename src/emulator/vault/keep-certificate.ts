import type { KeyObject, X509Certificate } from 'node:crypto';
import { privateKeyToPem, writePfx } from '../../certificate/index.ts';
import { member } from '../../json/member.ts';
import type { ArmResource, CertificateVersion, VaultCertificate } from '../state.ts';
import type { World } from '../world.ts';
import { inSeconds } from './access.ts';
import { objectKey } from './objects.ts';
import { newVersion } from './secrets.ts';

export interface NewCertificate {
  readonly privateKey: KeyObject;
  readonly certificate: X509Certificate;
  readonly chain: readonly X509Certificate[];
}

/**
 * Adds a version of a certificate, and of the secret in which its private key is read: a PFX without a password, or PEM where the
 * policy asks for it. Where the key may not be exported, the secret holds the certificate only.
 */
export function keepCertificate(
  { state }: World,
  vault: ArmResource,
  name: string,
  made: NewCertificate,
  {
    policy,
    enabled,
    tags,
  }: { readonly policy: VaultCertificate['policy']; readonly enabled: boolean; readonly tags?: CertificateVersion['tags'] },
): VaultCertificate {
  const key = objectKey(vault, name);
  const before = state.certificates.get(key);
  const time = inSeconds();
  const version: CertificateVersion = {
    version: newVersion(),
    cer: made.certificate.raw.toString('base64'),
    enabled,
    created: time,
    updated: time,
    ...(tags && { tags }),
  };
  const contentType = String(member(policy, 'secret_props', 'contentType'));
  const secret = {
    version: version.version,
    value: secretValue(made, contentType, member(policy, 'key_props', 'exportable') !== false),
    contentType,
    ...(tags && { tags }),
    enabled,
    created: time,
    updated: time,
    nbf: inSeconds(made.certificate.validFromDate),
    exp: inSeconds(made.certificate.validToDate),
    managed: true,
  };
  const stored: VaultCertificate = {
    ...before,
    name: before?.name ?? name,
    versions: [...(before?.versions ?? []), version],
    policy,
  };
  state.certificates.set(key, stored);
  state.secrets.set(key, { name: stored.name, versions: [...(state.secrets.get(key)?.versions ?? []), secret] });
  return stored;
}

function secretValue(made: NewCertificate, contentType: string, isExportable: boolean): string {
  const certificates = [made.certificate, ...made.chain].map(String).join('');
  if (contentType === 'application/x-pem-file')
    return isExportable ? privateKeyToPem(made.privateKey, undefined) + certificates : certificates;
  // No password protects it, and none gets better by rounds.
  return Buffer.from(isExportable ? writePfx(made, { rounds: 1 }) : made.certificate.raw).toString('base64');
}
