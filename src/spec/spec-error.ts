import { type Diagnostic, inTextOrder } from '../diagnostics/diagnostic.ts';
import { withoutSecrets } from '../diagnostics/without-secrets.ts';

/** A spec that cannot be used. Holds a diagnostic for every mistake, in the order of the file; secrets in what they quote are hidden. Nothing of them is printed with an error that nobody catches, but its message. */
export class SpecError extends Error {
  readonly #diagnostics: readonly Diagnostic[];

  constructor(mistakes: readonly Diagnostic[]) {
    const diagnostics = inTextOrder(mistakes.map(withoutSecrets));
    const [first] = diagnostics;
    const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : '';
    super(first ? `${first.message}${more}` : 'the spec has mistakes');
    this.name = 'SpecError';
    this.#diagnostics = diagnostics;
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics;
  }
}
