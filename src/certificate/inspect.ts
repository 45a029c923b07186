import { CertificateError, type CertificateErrorCode } from './certificate-error.ts';
import { withChain } from './chain.ts';
import { factsOf, isoTime } from './facts.ts';
import { nameText } from './name-text.ts';
import { type CertificateFile, type Contents, openFile, recognise } from './open.ts';
import type { PfxOutline } from './pfx/encoding.ts';
import { openOutline } from './pfx/outline.ts';
import { findProblems, type Service, services, type Verdict, verdictOf } from './problems.ts';
import type { Inspection, InspectOptions } from './shown.ts';

/** Codes that say something about the file, which an inspection tells; all others mean that it is none that can be inspected. */
const told: readonly CertificateErrorCode[] = [
  'wrong-password',
  'password-needed',
  'unreadable-cipher',
  'too-much-work',
  'no-private-key',
  'no-certificate',
  'key-mismatch',
];

/**
 * Looks into a PFX, PEM, DER or PKCS#7 file and judges it. Throws a CertificateError `malformed` where it is none of these.
 */
export function inspectCertificate(bytes: Uint8Array, { password, now = new Date() }: InspectOptions = {}): Inspection {
  const file = recognise(bytes);
  const pfx = file.kind === 'pfx' ? outlineOf(file.bytes) : undefined;
  const { kind, base64, wrappings } = file;
  let contents: Contents | undefined;
  let unopened: CertificateError | undefined;
  let isPasswordEmpty = false;
  try {
    contents = openFile(file, password);
  } catch (error) {
    if (!(error instanceof CertificateError) || !told.includes(error.code)) throw error;
    unopened = error;
    contents = error.code === 'wrong-password' && kind === 'pfx' ? openedWithout(file) : undefined;
    isPasswordEmpty = contents !== undefined;
  }
  const certificate = contents && factsOf(contents.certificate, now);
  const missingIssuer = contents && withChain(contents.certificate, contents.chain).missingIssuer;
  const hasPrivateKey = contents && contents.privateKey !== undefined;
  const problems = findProblems({
    kind,
    base64,
    wrappings,
    hasPassword: password !== undefined && password !== '' && !isPasswordEmpty,
    isPasswordEmpty,
    ...(unopened && !isPasswordEmpty ? { unopened } : {}),
    ...(certificate ? { certificate } : {}),
    ...(hasPrivateKey === undefined ? {} : { hasPrivateKey }),
    ...(pfx ? { pfx } : {}),
    ...(missingIssuer ? { missingIssuer } : {}),
    ...(contents?.keyProvider ? { keyProvider: contents.keyProvider } : {}),
  });
  return {
    kind,
    base64,
    wrappings,
    ...(certificate ? { certificate } : {}),
    ...(hasPrivateKey === undefined ? {} : { hasPrivateKey }),
    ...(contents?.friendlyName ? { friendlyName: contents.friendlyName } : {}),
    chain: (contents?.chain ?? []).map((issuer) => ({
      subject: nameText(issuer.subject),
      notAfter: isoTime(issuer.validToDate),
    })),
    ...(pfx ? { pfx } : {}),
    problems,
    verdicts: Object.fromEntries(
      services.map((service) => [service, verdictOf(service, problems, certificate !== undefined)]),
    ) as Record<Service, Verdict>,
  };
}

/** What a PFX with an empty password holds, where another one was given. */
function openedWithout(file: CertificateFile): Contents | undefined {
  try {
    return openFile(file, '');
  } catch {
    // The password that was given stays the one that is told of.
    return undefined;
  }
}

function outlineOf(bytes: Uint8Array): PfxOutline | undefined {
  try {
    return openOutline(bytes).outline;
  } catch {
    // Opening the file says why.
    return undefined;
  }
}
