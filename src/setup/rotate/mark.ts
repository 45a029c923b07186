import { createHash } from 'node:crypto';

/** Whose an entry on an app registration is: a certificate by its name, in one vault. */
export interface Pair {
  readonly vault: string;
  readonly certificate: string;
}

export type Mark =
  /** When the rotation began that put the entry there, in milliseconds since 1970. */
  | { readonly kind: 'own'; readonly since: number }
  /** Another vault, or another certificate. */
  | { readonly kind: 'other' }
  /** Of a certflow that named the certificate alone: the vault may be any. */
  | { readonly kind: 'without a vault' };

const beginning = 'certflow rotate: ';

/** Graph takes names of at most 90 characters: what is left for the pair beside the beginning and the time. */
const longest = 90 - beginning.length - ' 2026-01-05T06:00Z'.length;

/**
 * What a rotation names its entry on the app registration: `certflow rotate: kv-contoso-dev/sharepoint-cert 2026-01-05T06:00Z`. The
 * slash is in no name of a vault or a certificate, so that a mark without a vault is told apart.
 */
export function rotationMark(pair: Pair, since: Date): string {
  return `${beginning}${shortened(pair)} ${since.toISOString().slice(0, 16)}Z`;
}

/** Reads the name of an entry. Undefined where no rotation of certflow gave it, or one of another certificate that named no vault. */
export function readMark(displayName: string | null | undefined, pair: Pair): Mark | undefined {
  const name = displayName ?? '';
  const [, named, since] = /^certflow rotate: (\S+\/\S+) (\d{4}-\d\d-\d\dT\d\d:\d\dZ)$/.exec(name) ?? [];
  if (since !== undefined) return named === shortened(pair) ? { kind: 'own', since: Date.parse(since) } : { kind: 'other' };
  return name === `${beginning}${pair.certificate}`.slice(0, 90) ? { kind: 'without a vault' } : undefined;
}

/** Long pairs end in a hash of the whole. Case does not count in Key Vault. */
function shortened({ vault, certificate }: Pair): string {
  const whole = `${vault}/${certificate}`.toLowerCase();
  if (whole.length <= longest) return whole;
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, 20);
  return `${whole.slice(0, longest - hash.length - 1)}~${hash}`;
}
