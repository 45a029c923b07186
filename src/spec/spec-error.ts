import { type Diagnostic, inTextOrder } from '../diagnostics/diagnostic.ts';

/** A spec that cannot be used. Holds a diagnostic for every mistake, in the order of the file. */
export class SpecError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const [first] = inTextOrder(diagnostics);
    const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : '';
    super(first ? `${first.message}${more}` : 'the spec has mistakes');
    this.name = 'SpecError';
    this.diagnostics = inTextOrder(diagnostics);
  }
}
