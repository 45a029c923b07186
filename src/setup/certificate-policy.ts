/**
 * How a vault makes or takes the certificate: RSA 2048, a year at most (tenants refuse more, facts/field.md D.4), exportable and
 * `application/x-pkcs12`, for the workflow reads it as a secret that must hold a PFX with its key. The vault does not renew it by
 * itself: the app registration would not know the new one.
 * Shape: Key Vault's `CertificatePolicy` (OpenAPI 7.4 in shared reference; facts/azure-clients.md 5).
 */
export function certificatePolicy(subject: string) {
  return {
    issuer: { name: 'Self' },
    key_props: { exportable: true, kty: 'RSA', key_size: 2048, reuse_key: false },
    secret_props: { contentType: 'application/x-pkcs12' },
    x509_props: {
      subject,
      ekus: ['1.3.6.1.5.5.7.3.2'],
      key_usage: ['digitalSignature', 'keyEncipherment'],
      validity_months: 12,
    },
    lifetime_actions: [{ trigger: { days_before_expiry: 30 }, action: { action_type: 'EmailContacts' } }],
  };
}
