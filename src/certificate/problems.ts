import type { CertificateError } from './certificate-error.ts';
import { unknownKey } from './facts.ts';
import type { PfxOutline } from './pfx/encoding.ts';
import type { CertificateFacts, FileKind } from './shown.ts';
import type { Wrapping } from './wrapping.ts';

/** Who takes the file: the HTTP action of a Logic App or a flow, App Service's upload, or an app registration in Entra ID. */
export const services = ['logic-apps', 'app-service', 'entra'] as const;
export type Service = (typeof services)[number];

export type Verdict = 'accepts' | 'may refuse' | 'refuses' | 'cannot tell';

export interface Problem {
  readonly name: string;
  /** `error`: the file does not work. `warning`: some take it and some do not. */
  readonly severity: 'error' | 'warning';
  /** Who minds. */
  readonly services: readonly Service[];
  readonly message: string;
  readonly help: string;
}

/** What is judged. */
export interface Evidence {
  readonly kind: FileKind;
  readonly base64: 0 | 1 | 2;
  readonly wrappings: readonly Wrapping[];
  readonly hasPassword: boolean;
  /** Another password was given, and the file opens with an empty one. */
  readonly isPasswordEmpty: boolean;
  readonly unopened?: CertificateError;
  readonly certificate?: CertificateFacts;
  readonly hasPrivateKey?: boolean;
  readonly pfx?: PfxOutline;
  readonly missingIssuer?: string;
  readonly keyProvider?: string;
}

/** Tenants and audit tools hold more against a certificate: Azure/azure-cli#28522, maester365/maester#2130. */
const usualMaximumDays = 365;
const soonDays = 30;
const shortestKey = 2048;
/** Bytes: RFC 5280, section 4.1.2.2. */
const longestSerialNumber = 20;

const keyUsers: readonly Service[] = ['logic-apps', 'app-service'];

/** What a service will say to the file. */
export function verdictOf(service: Service, problems: readonly Problem[], isOpened: boolean): Verdict {
  const minded = problems.filter((problem) => problem.services.includes(service));
  if (minded.some(({ severity }) => severity === 'error')) return 'refuses';
  if (!isOpened) return 'cannot tell';
  return minded.length > 0 ? 'may refuse' : 'accepts';
}

const unopenedNames: ReadonlySet<string> = new Set(['wrong-password', 'password-needed', 'unreadable-cipher', 'too-much-work']);

export function findProblems(evidence: Evidence): Problem[] {
  return [...inWrapping(evidence), ...inContents(evidence), ...(evidence.certificate ? inCertificate(evidence.certificate) : [])];
}

function* inWrapping({ kind, base64, wrappings, pfx, hasPassword, isPasswordEmpty, unopened }: Evidence): Generator<Problem> {
  if (wrappings.includes('answer'))
    yield error(
      'vault-answer',
      services,
      'the file is the whole answer of Key Vault, of which one member alone is the file',
      "\"certflow cert convert <file> --out <new file>\" makes a PFX of it. In a workflow, hand on body('Get_secret')?['value'].",
    );
  if (wrappings.includes('quotes'))
    yield error('quoted-text', services, 'the text is in quotes, which are no part of the file', 'Take the quotes away.');
  if (wrappings.includes('base64url'))
    yield error(
      'base64url-text',
      services,
      'the file is base64url text, with - and _ where base64 has + and /',
      '"certflow cert convert <file> --out <new file>" makes a PFX of it.',
    );
  if (wrappings.includes('base64-lines'))
    yield error(
      'base64-lines',
      services,
      `the file is a ${kind === 'pfx' ? 'PFX' : 'PKCS#7'} as base64 text between the lines of a certificate, as "certutil -encode" writes it`,
      kind === 'pfx'
        ? 'Upload the file from before it was encoded; a pfx field takes the base64 text without the first and last line.'
        : 'Take the file from before it was encoded.',
    );
  if (isPasswordEmpty)
    yield warning(
      'empty-password',
      [],
      'the PFX opens with an empty password, and not with the one that was given',
      'Give none; in a workflow, write "" as password.',
    );
  if (pfx?.ciphers.some((cipher) => cipher.startsWith('RC2')))
    yield warning(
      'old-ciphers',
      [],
      'the PFX hides its certificate with RC2, as OpenSSL 1 and Windows wrote for long: Logic Apps takes such files (MicrosoftDocs/azure-docs#69192), and so does Windows; Node, and OpenSSL 3 without its legacy provider, do not',
      '"certflow cert convert <file> --out <new file>" writes it with 3DES, which all of them take.',
    );
  if (base64 === 2)
    yield error('base64-twice', services, 'the file is base64 of base64', 'Decode it once; in a workflow, take base64() away.');
  // What else stands around it is told above, and says more.
  if (base64 === 1 && wrappings.every((wrapping) => wrapping === 'base64'))
    yield warning(
      'base64-text',
      ['app-service', 'entra'],
      'the file is base64 text, as a pfx field takes it, and not the binary file that an upload takes',
      'Upload the file from before it was encoded.',
    );
  if (kind === 'pem')
    yield error(
      'pem-instead-of-pfx',
      keyUsers,
      'the file is PEM, where a PFX is needed',
      '"certflow cert convert <file> --out <new file>" makes a PFX of it. A certificate in Key Vault needs the content type application/x-pkcs12.',
    );
  const modern = new Set([pfx?.ciphers, pfx?.mac].join().match(/AES-\d+|SHA-(?:256|384|512)/g));
  if (modern.size > 0)
    yield warning(
      'modern-encoding',
      keyUsers,
      `the PFX is protected with ${[...modern].join(' and ')}, which older Windows and parts of Azure report as a wrong password`,
      '"certflow cert convert <file> --out <new file> --encoding compat" writes it with 3DES, as the documents of App Service ask. An import into Key Vault makes either do.',
    );
  if (kind === 'pfx' && !hasPassword && unopened === undefined)
    yield warning(
      'no-password',
      ['app-service'],
      'the PFX has no password, and the documents of App Service ask for one',
      '"certflow cert convert <file> --out <new file> --generate-password" gives it one.',
    );
}

function* inContents({ kind, unopened, hasPrivateKey, missingIssuer, keyProvider }: Evidence): Generator<Problem> {
  if (unopened) {
    const mind = unopenedNames.has(unopened.code) ? [] : unopened.code === 'no-certificate' ? services : keyUsers;
    yield error(
      unopened.code,
      mind,
      sentence(unopened.message),
      unopenedHelp[unopened.code] ?? 'Export it again, with its private key.',
    );
  }
  if (hasPrivateKey === false)
    yield error(
      'no-private-key',
      keyUsers,
      keyless[kind] ?? 'the file is a certificate without its private key',
      'Nothing signs in with it. It is what Entra ID wants (--for entra); everyone else needs the PFX.',
    );
  if (missingIssuer !== undefined)
    yield warning(
      'chain-incomplete',
      ['app-service'],
      `the certificate of the issuer "${missingIssuer}" is not in the file`,
      `App Service's documents ask for the whole chain. Add it: "certflow cert complete <file> --key <file> --chain <issuers>".`,
    );
  if (
    keyProvider !== undefined &&
    /^Microsoft (?:Base|Enhanced|Strong|RSA Signature|RSA SChannel) Cryptographic Provider/i.test(keyProvider)
  )
    yield warning(
      'old-provider',
      [],
      `the key is marked for "${keyProvider}", which does not sign with SHA-256: programs on Windows may answer "Invalid algorithm specified" (netwrix/pingcastle#238, AzureAD/microsoft-authentication-library-for-dotnet#1324)`,
      '"certflow cert convert <file> --out <new file>" leaves the mark out.',
    );
  if (keyProvider !== undefined && /key storage provider|CNG/i.test(keyProvider))
    yield warning(
      'key-storage-provider',
      ['logic-apps'],
      `the key is marked for "${keyProvider}", with which Logic Apps has failed to load the private key`,
      '"certflow cert convert <file> --out <new file>" leaves the mark out. (MicrosoftDocs/azure-docs#69192)',
    );
}

const keyless: Readonly<Partial<Record<FileKind, string>>> = {
  pem: 'there is no private key in the file',
  pkcs7: 'the file is a list of certificates (PKCS#7), which never has a private key',
};

const unopenedHelp: Readonly<Record<string, string>> = {
  'wrong-password': 'Give the right password: --password-file, --password-stdin or --password-env.',
  'password-needed': 'Give the password: --password-file, --password-stdin or --password-env.',
  'unreadable-cipher': 'OpenSSL with its legacy provider or old Windows may open it; certflow does not.',
};

const create = '"certflow cert create --subject CN=<name>"';

function* inCertificate({
  daysLeft,
  daysInAll,
  notBefore,
  notAfter,
  status,
  key,
  serialNumber,
}: CertificateFacts): Generator<Problem> {
  const renew = `Make a new one (${create}) and register it beside the old one before that.`;
  if (status === 'expired')
    yield error('expired', services, `the certificate ended on ${notAfter}`, `Make a new one: ${create}.`);
  else if (daysLeft <= soonDays)
    yield warning('expires-soon', [], `the certificate ends in ${daysLeft} days, on ${notAfter}`, renew);
  if (status === 'not yet valid')
    yield error(
      'not-yet-valid',
      services,
      `the certificate begins only on ${notBefore}`,
      'Wait until then, or check the clock of this machine.',
    );
  if (daysInAll > usualMaximumDays)
    yield warning(
      'too-long',
      ['entra'],
      `the certificate is valid for ${daysInAll} days in all, more than the ${usualMaximumDays} that many tenants allow`,
      'Entra ID then answers CredentialInvalidLifetimeAsPerAppPolicy. Ask the tenant admin, or make one for a year.',
    );
  if (serialNumber.length > 2 * longestSerialNumber)
    yield warning(
      'long-serial-number',
      ['app-service'],
      `the serial number has ${Math.ceil(serialNumber.length / 2)} bytes, and RFC 5280 allows ${longestSerialNumber}: readers may refuse it`,
      `Make one with a shorter number: ${create}.`,
    );
  if (key.algorithm === unknownKey)
    yield error(
      'unreadable-key',
      services,
      'the public key of the certificate cannot be read: it is damaged, or of a kind that nothing here knows',
      `Export or download it again; where that is the same, make one with an RSA key: ${create}.`,
    );
  else if (key.algorithm === 'RSA-PSS')
    yield warning(
      'pss-key',
      ['logic-apps', 'entra'],
      'the key is marked for PSS signatures alone, which Windows does not load into its older providers; whether Entra ID takes it is not known',
      `Make one with a plain RSA key: ${create}.`,
    );
  else if (key.algorithm !== 'RSA')
    yield error(
      'not-rsa',
      ['logic-apps', 'entra'],
      `the key is ${key.algorithm}${key.curve ? ` (${key.curve})` : ''}, and Entra ID takes signatures of RSA keys only`,
      `Make one with an RSA key: ${create}.`,
    );
  else if ((key.bits ?? shortestKey) < shortestKey)
    yield error(
      'short-key',
      ['app-service'],
      `the key has ${key.bits} bits, fewer than ${shortestKey}`,
      `Make one with a longer key: ${create}.`,
    );
}

function error(name: string, minding: readonly Service[], message: string, help: string): Problem {
  return { name, severity: 'error', services: minding, message, help };
}

function warning(name: string, minding: readonly Service[], message: string, help: string): Problem {
  return { name, severity: 'warning', services: minding, message, help };
}

/** As part of a line, without its full stop. */
function sentence(message: string): string {
  return message.replace(/\.$/, '').replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
}
