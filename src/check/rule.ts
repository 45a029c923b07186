import type { Sibling } from '../definition/surroundings.ts';
import type { About, Category, Severity } from '../diagnostics/diagnostic.ts';
import type { Fix } from '../diagnostics/fix.ts';
import type { Part } from '../document/locate.ts';
import type { Subject } from './subject.ts';

/** One thing that is checked. Lives in rules/<kind>/<name>.ts; its page is docs/rules/<name>.md. */
export interface Rule {
  /** Kebab case; the name of its file. */
  readonly name: string;
  /** The gravest that its findings can have. One that is milder in its case carries its own severity. */
  readonly severity: Severity;
  readonly category: Category;
  /** One sentence without final full stop, for the list of rules. */
  readonly summary: string;
  readonly check: (subject: Subject, report: Report) => void;
}

export type Report = (finding: Finding) => void;

/** What a rule says of one place. */
export interface Finding {
  /** Pointer within the definition, or within what `in` names. */
  readonly pointer: string;
  /** The part of the surroundings that the pointer leads into. Default: the definition. */
  readonly in?: SurroundingPart | undefined;
  /** One sentence without final full stop, lower case; holds no secret. */
  readonly message: string;
  /** The value is a secret itself: no reporter shows its text. */
  readonly isSecret?: true;
  /** How a secret comes to the place, the place included. */
  readonly path?: readonly Step[];
  readonly help?: string | undefined;
  /** The names in the message. What the place is in, and the operations of the path, are added by themselves. */
  readonly about?: About | undefined;
  /** Of a finding in the definition, what is sure to mend it; its pointers lead into the definition. */
  readonly fix?: Fix | undefined;
  /** What of the value is meant. Default: all of it. */
  readonly part?: Part;
  /** The same, further on the way of the same secret: told as one with this, but for those that are suppressed. */
  readonly further?: readonly Finding[] | undefined;
  /** Where it is milder than the rule's: the same mistake can be refused in one case and fail at run time in another. */
  readonly severity?: Severity;
}

/** A stop on the way of a secret. */
export interface Step {
  /** Pointer within the definition. */
  readonly pointer: string;
  /** What happens to the secret there, as PathStep has it. */
  readonly message: string;
  readonly part?: Part;
  /** The other workflow that the pointer leads into. Default: the one that is checked. */
  readonly sibling?: Sibling;
}

/** A part of the surroundings in which a finding can stand. */
export type SurroundingPart = 'parameters' | 'connections' | 'connectionReferences' | 'templateOutputs';
