import type { Category, Severity } from '../diagnostics/diagnostic.ts';
import type { Part } from '../document/locate.ts';
import type { Subject } from './subject.ts';

/** One thing that is checked. Lives in rules/<kind>/<name>.ts; its page is docs/rules/<name>.md. */
export interface Rule {
  /** Kebab case; the name of its file. */
  readonly name: string;
  readonly severity: Severity;
  readonly category: Category;
  /** One sentence without final full stop, for the list of rules. */
  readonly summary: string;
  readonly check: (subject: Subject, report: Report) => void;
}

export type Report = (finding: Finding) => void;

/** What a rule says of one place. */
export interface Finding {
  /** Pointer within the definition. */
  readonly pointer: string;
  /** One sentence without final full stop; holds no secret. */
  readonly message: string;
  readonly help?: string;
  /** What of the value is meant. Default: all of it. */
  readonly part?: Part;
}
