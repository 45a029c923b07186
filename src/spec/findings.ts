import { type Diagnostic, inTextOrder, type Severity } from '../diagnostics/diagnostic.ts';
import type { SpecSource } from './source.ts';

/**
 * `spec-syntax`: not YAML. `spec-shape`: against the schema. `spec-value`: the value cannot be right. `spec-mended`: read as something else.
 * `spec-local`: a developer's machine gets what is another environment's.
 */
export type SpecRule = 'spec-syntax' | 'spec-shape' | 'spec-value' | 'spec-mended' | 'spec-local';

/** Collects what is wrong with a spec, one finding a place. */
export class Findings {
  readonly #source: SpecSource;
  readonly #found: Diagnostic[] = [];

  constructor(source: SpecSource) {
    this.#source = source;
  }

  error(rule: SpecRule, pointer: string, message: string, help?: string, at: 'key' | 'value' = 'value') {
    this.#add(rule, 'error', pointer, message, help, at);
  }

  note(pointer: string, message: string) {
    this.#add('spec-mended', 'info', pointer, message, undefined, 'value');
  }

  warn(rule: SpecRule, pointer: string, message: string, help: string) {
    this.#add(rule, 'warning', pointer, message, help, 'key');
  }

  get errors(): Diagnostic[] {
    return this.#found.filter(({ severity }) => severity === 'error');
  }

  get notes(): Diagnostic[] {
    return inTextOrder(this.#found.filter(({ severity }) => severity !== 'error'));
  }

  #add(rule: SpecRule, severity: Severity, pointer: string, message: string, help: string | undefined, at: 'key' | 'value') {
    // A value that environments share is looked at once for each of them, and what follows from a mistake is no second mistake.
    const isKnown = this.#found.some((other) => other.severity === severity && isWithin(pointer, other.pointer));
    if (isKnown) return;
    this.#found.push({
      rule,
      severity,
      category: severity === 'warning' ? 'security' : 'correctness',
      message,
      file: this.#source.file,
      pointer,
      range: this.#source.rangeOf(pointer, at),
      docs: 'docs/certflow-yaml.md',
      ...(help === undefined ? {} : { help }),
    });
  }
}

function isWithin(pointer: string, other: string): boolean {
  return pointer === other || pointer.startsWith(`${other}/`) || other.startsWith(`${pointer}/`);
}
