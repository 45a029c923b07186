import { X509Certificate } from 'node:crypto';
import { thumbprintsOf } from '../../certificate/index.ts';
import type { ArmResource, CertificateVersion, VaultCertificate } from '../state.ts';
import { attributes, inSeconds, objectId } from './access.ts';

/** A certificate as it is answered. */
export function certificateBundle(vault: ArmResource, { name, policy }: VaultCertificate, version: CertificateVersion) {
  return {
    ...certificateItem(vault, name, version, version.version),
    kid: objectId(vault, 'keys', name, version.version),
    sid: objectId(vault, 'secrets', name, version.version),
    cer: version.cer,
    policy: { id: `${objectId(vault, 'certificates', name)}/policy`, ...policy },
  };
}

/** As it stands in lists. */
export function certificateItem(vault: ArmResource, name: string, version: CertificateVersion, versionName?: string) {
  const der = Buffer.from(version.cer, 'base64');
  const { validFromDate, validToDate } = new X509Certificate(der);
  return {
    id: objectId(vault, 'certificates', name, versionName),
    x5t: thumbprintsOf(der).sha1.base64url,
    attributes: attributes(vault, { ...version, nbf: inSeconds(validFromDate), exp: inSeconds(validToDate) }),
    ...(version.tags && { tags: version.tags }),
  };
}
