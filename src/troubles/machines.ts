import { thread, troublesOf } from './trouble.ts';

const dotnet = 'https://learn.microsoft.com/dotnet/standard/security/cross-platform-cryptography';

/** What Windows, .NET and App Service say of certificates. */
export const windows = troublesOf('Windows and .NET', dotnet, [
  {
    code: 'Keyset does not exist',
    words: ['Keyset does not exist', '0x80090016'],
    cause: 'The certificate is in the store, and its private key is not there or may not be read by this account.',
    cure: 'Import the PFX again for this account, or give the account the right to the key (certlm.msc, All Tasks, Manage Private Keys).',
    source: thread('AzureAD/MSAL.PS', 3),
  },
  {
    code: 'Invalid provider type specified',
    words: ['Invalid provider type specified', '0x80090014'],
    cause: 'The private key is kept by CNG, and the program reads keys by the old interface (PrivateKey) only.',
    cure: 'Have the program use GetRSAPrivateKey(), or import the PFX with an old provider: "certutil -csp "Microsoft Enhanced RSA and AES Cryptographic Provider" -importpfx <file>".',
    source: thread('Azure-Samples/active-directory-dotnet-daemon-certificate-credential', 9),
  },
  {
    code: 'Invalid algorithm specified',
    words: ['Invalid algorithm specified', '0x80090008'],
    cause: 'The private key is kept by an old provider that does not sign with SHA-256.',
    cure: 'Write the PFX anew without the name of the provider ("certflow cert convert <file> --out <folder>"), and import it again.',
    source: thread('netwrix/pingcastle', 238),
  },
  {
    code: 'The specified network password is not correct',
    words: ['The specified network password is not correct', '0x80070056'],
    cause:
      'The password of the PFX is wrong; older Windows also says so of ciphers that it does not know (AES-256 with SHA-256).',
    cure: 'Look with "certflow cert inspect <file>"; write the PFX anew with "certflow cert convert <file> --encoding compat --out <folder>".',
    source:
      'https://learn.microsoft.com/troubleshoot/windows-server/certificates-and-public-key-infrastructure-pki/fail-import-certificate-pfx-file-password',
  },
  {
    code: 'Cannot find the requested object',
    words: ['Cannot find the requested object', '0x80092009', 'CRYPT_E_NO_MATCH'],
    cause: 'The bytes are no certificate that Windows can read: mostly text instead of bytes, or base64 of base64.',
    cure: 'Look with "certflow cert inspect <file>" at what it is; hand on the bytes after one base64 decoding.',
  },
  {
    code: 'ASN1 bad tag value met',
    words: ['ASN1 bad tag value met', '0x8009310b', 'ASN1 corrupted data', '0x80093103'],
    cause:
      'The bytes are not of the kind that is expected: text, JSON or base64 instead of the file, or a .cer where a PFX belongs.',
    cure: 'Look with "certflow cert inspect <file>" at what it is.',
  },
  {
    code: 'The system cannot find the file specified',
    words: [
      'WindowsCryptographicException: The system cannot find the file specified',
      'CryptographicException: The system cannot find the file specified',
    ],
    cause: 'The private key cannot be written, because the process has no user profile (IIS, App Service).',
    cure: 'Set WEBSITE_LOAD_USER_PROFILE to 1, or load the PFX with the flag EphemeralKeySet or MachineKeySet.',
    source: thread('Azure/logicapps', 1006),
  },
  {
    code: 'CryptographicException: Access is denied',
    words: ['CryptographicException: Access is denied', 'CryptographicException: Access denied'],
    cause: 'The account may not write or read the private key in the store of the machine.',
    cure: 'Load the PFX with the flag EphemeralKeySet or UserKeySet, or give the account the right to the key.',
  },
  {
    code: 'Key not valid for use in specified state',
    words: ['Key not valid for use in specified state', '0x8009000b'],
    cause:
      'The private key was imported as not exportable, and the program wants to export it; or it belongs to another account.',
    cure: 'Import the PFX with the key exportable, for this account.',
  },
  {
    code: 'The certificate does not have a private key',
    words: ['does not have a private key', 'certificate must have a private key'],
    cause: 'The program was given a certificate without its key: a .cer, or the certificate instead of the secret of the vault.',
    cure: 'Give it the PFX: the secret of the same name in the vault, or the .pfx file.',
    source: thread('MicrosoftDocs/azure-docs', 51400),
  },
  {
    code: 'The certificate key algorithm is not supported',
    cause: 'The key is an elliptic one where the program takes RSA only.',
    cure: 'Make a certificate with an RSA key: "certflow cert create --subject CN=<name>".',
  },
  {
    code: 'This platform does not support loading with EphemeralKeySet',
    cause: 'On macOS a key cannot be loaded without a key chain.',
    cure: 'Leave the flag EphemeralKeySet out on macOS.',
  },
  {
    code: '0x80090005',
    words: ['CryptographicException: Bad Data'],
    cause: 'The bytes of the key or file are damaged, or not of the kind that is expected.',
    cure: 'Look with "certflow cert inspect <file>" at what it is.',
  },
]);

/** What OpenSSL says, and Node and Python with it. */
export const openssl = troublesOf('OpenSSL', 'https://docs.openssl.org/3.0/man1/openssl-pkcs12/', [
  {
    code: 'inner_evp_generic_fetch:unsupported',
    words: [
      'inner_evp_generic_fetch:unsupported',
      'digital envelope routines::unsupported',
      'RC2-40-CBC',
      'Unsupported PKCS12 PFX data',
      'unsupported:crypto/evp',
    ],
    cause: 'The PFX uses old ciphers (RC2-40), which OpenSSL 3 reads with its legacy provider only.',
    cure: 'Write it anew: "certflow cert convert <file> --out <folder>".',
    source: thread('openssl/openssl', 17777),
  },
  {
    code: 'mac verify failure',
    words: ['Mac verify error: invalid password?', 'mac verify failure', 'mac verify error'],
    cause: 'The password is wrong, or the file was damaged.',
    cure: 'Try the password with "certflow cert inspect <file>"; an empty one and none are two different ones.',
  },
  {
    code: 'key values mismatch',
    words: ['key values mismatch', 'No certificate matches private key'],
    cause: 'The key is not that of the certificate.',
    cure: 'Look at the keys of both with "certflow cert inspect <file>".',
  },
  {
    code: 'bad decrypt',
    words: ['bad decrypt', 'error:06065064', 'error:1C800064'],
    cause: 'The password of the private key is wrong.',
    cure: 'Compare the password; an empty one and none are two different ones.',
  },
  {
    code: 'no start line',
    words: ['PEM routines::no start line', 'Expecting: TRUSTED CERTIFICATE', 'Expecting: ANY PRIVATE KEY'],
    cause: 'The file is no PEM: it is DER, a PFX, or has text before it.',
    cure: 'Look with "certflow cert inspect <file>" at what it is.',
  },
  {
    code: 'wrong tag',
    words: ['asn1 encoding routines::wrong tag', 'asn1 encoding routines::header too long'],
    cause: 'The bytes are not of the kind that is expected: base64, text or JSON instead of the file.',
    cure: 'Look with "certflow cert inspect <file>" at what it is.',
  },
]);

/** What App Service says of Key Vault references and certificates. */
export const appService = troublesOf(
  'App Service',
  'https://learn.microsoft.com/azure/app-service/app-service-key-vault-references',
  [
    {
      code: 'AccessToKeyVaultDenied',
      cause: 'The identity of the app may not read secrets of the vault.',
      cure: 'Give it "Key Vault Secrets User" on the vault: "certflow deploy" does.',
    },
    {
      code: 'SecretNotFound',
      words: ['Key Vault reference was not able to be resolved because secret was not found'],
      cause: 'The reference names a secret, or a version of it, that the vault does not have.',
      cure: 'Refer to /secrets/<name of the certificate>, without a version so that a new one is taken.',
    },
    {
      code: 'VaultNotFound',
      cause: 'The reference names a vault that is not there.',
      cure: 'Compare the name of the vault in the setting.',
    },
    {
      code: 'InvalidSyntax',
      words: ['Key Vault reference is invalid'],
      cause: 'The reference cannot be read.',
      cure: 'Write @Microsoft.KeyVault(SecretUri=https://<vault>.vault.azure.net/secrets/<name>/).',
    },
    {
      code: 'MSINotEnabled',
      cause: 'The app has no managed identity.',
      cure: 'Switch it on (portal, Identity): "certflow deploy" does.',
    },
    {
      code: 'SecretVersionNotFound',
      cause: 'The reference names a version that the vault does not have.',
      cure: 'Refer to /secrets/<name>, without a version so that a new one is taken.',
    },
    {
      code: 'FetchTimedOut',
      cause: 'The vault did not answer the app in time, mostly because of its network.',
      cure: 'Look at Networking of the vault, and at the outbound addresses of the app.',
    },
    {
      code: 'UnauthorizedClient',
      cause: 'The identity of the app is not known in the tenant of the vault.',
      cure: 'Use a vault in the tenant of the app, and switch the identity off and on.',
    },
    {
      code: 'OtherReasons',
      cause: 'The reference could not be resolved, mostly because of the network of the vault.',
      cure: 'Look at Networking of the vault, and at the outbound addresses of the app.',
    },
  ],
);

/** What names of AD FS show up in errors of sign-in. */
export const adfs = troublesOf(
  'Entra ID',
  'https://learn.microsoft.com/windows-server/identity/ad-fs/development/ad-fs-openid-connect-oauth-concepts',
  [
    {
      code: 'logon_cert',
      cause:
        'A scope of AD FS, by which a person gets a certificate to sign in to Windows; it has nothing to do with the certificate of an app registration, and no API takes it.',
      cure: 'Sign in at Entra ID (https://login.microsoftonline.com) with <audience>/.default as scope.',
    },
  ],
);
