/**
 * How a vault makes the certificate: RSA 2048, a year at most (tenants refuse more, docs/facts/certificates.md#what-signs-in), exportable and
 * `application/x-pkcs12`, for the workflow reads it as a secret that must hold a PFX with its key. The vault does not renew it by
 * itself, as it would where nothing is said: the app registration would not know the new one.
 * Shape: Key Vault's `CertificatePolicy` (docs/facts/certificates.md#what-signs-in).
 */
export function certificatePolicy(subject: string) {
  return {
    issuer: { name: 'Self' },
    key_props: { exportable: true, kty: 'RSA', key_size: 2048, reuse_key: false },
    ...asPfx,
    x509_props: {
      subject,
      ekus: ['1.3.6.1.5.5.7.3.2'],
      key_usage: ['digitalSignature', 'keyEncipherment'],
      validity_months: 12,
    },
  };
}

/** How a vault keeps one that was made elsewhere: what is in it stays as it is. */
export function importPolicy(keySize: number) {
  return {
    issuer: { name: 'Unknown' },
    key_props: { exportable: true, kty: 'RSA', key_size: keySize, reuse_key: false },
    ...asPfx,
  };
}

/** Instead of a renewal that the app registration would not know. */
export const reminder = {
  lifetime_actions: [{ trigger: { days_before_expiry: 30 }, action: { action_type: 'EmailContacts' } }],
};

const asPfx = { secret_props: { contentType: 'application/x-pkcs12' }, ...reminder };
