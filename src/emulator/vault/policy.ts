import type { X509Certificate } from 'node:crypto';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { refuse } from '../http/answer.ts';
import type { VaultCertificate } from '../state.ts';

/** A certificate's policy with all that Key Vault fills in. What of it comes from a certificate is read from there. */
export function completePolicy(given: unknown, certificate?: X509Certificate): VaultCertificate['policy'] {
  const part = (name: string) => {
    const value = member(given, name);
    return isObject(value) ? value : {};
  };
  const contentType = part('secret_props').contentType ?? 'application/x-pkcs12';
  if (contentType !== 'application/x-pkcs12' && contentType !== 'application/x-pem-file')
    refuse(400, 'BadParameter', `Property secret_props.contentType has invalid value '${contentType}'.`);
  const bits = certificate?.publicKey.asymmetricKeyDetails?.modulusLength;
  return {
    key_props: { exportable: true, kty: 'RSA', key_size: bits ?? 2048, reuse_key: false, ...part('key_props') },
    secret_props: { contentType },
    x509_props: {
      subject: certificate ? certificate.subject.split('\n').join(', ') : 'CN=DefaultPolicy',
      ekus: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'],
      key_usage: ['digitalSignature', 'keyEncipherment'],
      validity_months: 12,
      ...part('x509_props'),
    },
    lifetime_actions: Array.isArray(member(given, 'lifetime_actions')) ? member(given, 'lifetime_actions') : [],
    issuer: { name: certificate ? 'Unknown' : 'Self', ...part('issuer') },
    attributes: { enabled: true },
  };
}
