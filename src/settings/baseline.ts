import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { UsageError } from '../diagnostics/errors.ts';

/** A finding as a baseline remembers it: not by its line, which moves, nor by its words, which get better. */
export interface KnownFinding {
  /** Relative to the folder of the baseline, with `/`. */
  readonly file: string;
  readonly rule: string;
  readonly pointer: string;
}

/** The findings that an old estate is known to have. */
export class Baseline {
  readonly #known: ReadonlySet<string>;
  readonly #met = new Set<string>();

  constructor(known: readonly KnownFinding[]) {
    this.#known = new Set(known.map(keyOf));
  }

  /** Whether a finding is known. Several of one rule at one place are known together. */
  has({ rule, pointer }: Diagnostic, file: string): boolean {
    const key = keyOf({ file, rule, pointer });
    if (!this.#known.has(key)) return false;
    this.#met.add(key);
    return true;
  }

  /** How many of its findings were not met. */
  get gone(): number {
    return this.#known.size - this.#met.size;
  }
}

function keyOf({ file, rule, pointer }: KnownFinding): string {
  return JSON.stringify([file, rule, pointer]);
}

/** Reads a baseline. Throws a UsageError where it is none. */
export function parseBaseline(text: string, name: string): Baseline {
  try {
    const { findings } = JSON.parse(text) as { findings: KnownFinding[] };
    if (findings.every(({ file, rule, pointer }) => [file, rule, pointer].every((part) => typeof part === 'string')))
      return new Baseline(findings);
  } catch {
    // Falls through to the error below, which says what to do.
  }
  throw new UsageError(`${name} is no baseline. Write it anew with --update-baseline`);
}

/** A baseline as text: sorted, so that a change of it shows what changed. */
export function renderBaseline(findings: readonly KnownFinding[]): string {
  const byKey = new Map(findings.map(({ file, rule, pointer }) => [keyOf({ file, rule, pointer }), { file, rule, pointer }]));
  const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, finding]) => finding);
  const about =
    'Findings that "certflow check" does not report, because they were there before. "certflow check <path> --update-baseline" writes it.';
  return `${JSON.stringify({ about, findings: sorted }, null, 2)}\n`;
}
