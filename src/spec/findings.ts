import { type Category, type Diagnostic, inTextOrder, type Severity } from '../diagnostics/diagnostic.ts';
import { withoutSecrets } from '../diagnostics/without-secrets.ts';
import type { Suggestion } from '../diagnostics/words.ts';
import type { Source } from './source.ts';

/**
 * `spec-syntax`: not YAML. `spec-shape`: against the schema. `spec-value`: the value cannot be right. `spec-mended`: read as something else.
 * `spec-rights`: what the application may do does not open what it calls. `spec-local`: a developer's machine gets what is another environment's.
 */
export type SpecRule = 'spec-syntax' | 'spec-shape' | 'spec-value' | 'spec-mended' | 'spec-local' | 'spec-rights';

/** What to do about a mistake, and which word it is about. */
type Advice = Partial<Suggestion>;

/** Collects what is wrong with a spec, one finding a place. */
export class Findings {
  readonly #source: Source;
  readonly #found: Diagnostic[] = [];
  readonly #places = new Map<Severity, Places>();

  constructor(source: Source) {
    this.#source = source;
  }

  error(rule: SpecRule, pointer: string, message: string, help?: string | Advice, at: 'key' | 'value' = 'value') {
    this.#add(rule, 'error', pointer, message, typeof help === 'string' ? { help } : (help ?? {}), at);
  }

  /** Takes an error about a place as told. */
  tell(pointer: string) {
    this.#placesOf('error').take(pointer);
  }

  note(pointer: string, message: string) {
    this.#add('spec-mended', 'info', pointer, message, {}, 'value');
  }

  warn(rule: SpecRule, pointer: string, message: string, help: string, category: Category = 'security') {
    this.#add(rule, 'warning', pointer, message, { help }, 'key', category);
  }

  get errors(): Diagnostic[] {
    return this.#found.filter(({ severity }) => severity === 'error');
  }

  get notes(): Diagnostic[] {
    return inTextOrder(this.#found.filter(({ severity }) => severity !== 'error')).map(withoutSecrets);
  }

  #add(
    rule: SpecRule,
    severity: Severity,
    pointer: string,
    message: string,
    advice: Advice,
    at: 'key' | 'value',
    category: Category = 'correctness',
  ) {
    // A value that environments share is looked at once for each of them, and what follows from a mistake is no second mistake.
    if (!this.#placesOf(severity).take(pointer)) return;
    const range = this.#source.rangeOf(pointer, at);
    this.#found.push({
      rule,
      severity,
      category,
      message,
      file: this.#source.file,
      pointer,
      ...(range && { range }),
      docs: 'docs/certflow-yaml.md',
      ...advice,
    });
  }

  #placesOf(severity: Severity): Places {
    const places = this.#places.get(severity) ?? new Places();
    this.#places.set(severity, places);
    return places;
  }
}

/** Places that are told already, with all around and all within them. */
class Places {
  readonly #told = new Set<string>();
  readonly #around = new Set<string>();

  /** Takes a pointer, unless it is told, or something around or within it is. */
  take(pointer: string): boolean {
    if (this.#told.has(pointer) || this.#around.has(pointer)) return false;
    const around: string[] = [];
    for (let end = pointer.lastIndexOf('/'); end !== -1; end = end === 0 ? -1 : pointer.lastIndexOf('/', end - 1))
      around.push(pointer.slice(0, end));
    if (around.some((each) => this.#told.has(each))) return false;
    this.#told.add(pointer);
    for (const each of around) this.#around.add(each);
    return true;
  }
}
