import { isObject } from '../../json/json.ts';
import { keyNamed, member } from '../../json/member.ts';
import { pointerStep } from '../../json/pointer.ts';
import type { SurroundingPart } from '../rule.ts';
import type { Subject } from '../subject.ts';

/** A value where it stands, and what is known of it. */
export interface Given {
  readonly pointer: string;
  readonly written: unknown;
  /** Its text, where it stands there as it is; undefined for what is computed, yet to be filled in, or no text. */
  readonly literal: string | undefined;
  /** Its text at run time, where that is known: the literal, or what a parameter holds. */
  readonly text: string | undefined;
}

/** A group of members in a definition, or in a part of its surroundings. The service ignores the case of their names. */
export class Members {
  readonly pointer: string;
  /** The part of the surroundings that the pointer leads into. Absent for the definition. */
  readonly in: SurroundingPart | undefined;
  readonly #subject: Subject;
  readonly #group: Readonly<Record<string, unknown>>;

  constructor(subject: Subject, group: Readonly<Record<string, unknown>>, pointer: string, place?: SurroundingPart) {
    this.#subject = subject;
    this.#group = group;
    this.pointer = pointer;
    this.in = place;
  }

  /** The member of a name; undefined where there is none. */
  given(name: string): Given | undefined {
    const key = keyNamed(this.#group, name);
    if (key === undefined) return undefined;
    const written = member(this.#group, key);
    const pointer = this.pointer + pointerStep(key);
    const mayBeTemplate = this.in === undefined && typeof written === 'string' && written.includes('@');
    const isTemplate = mayBeTemplate && this.#subject.templateAt(pointer) !== undefined;
    const literal = isTemplate ? undefined : this.#subject.literal(written);
    return { pointer, written, literal, text: mayBeTemplate ? this.#subject.knownText(written, pointer) : literal };
  }

  /** The member of a name that is a group itself. */
  group(name: string): Members | undefined {
    const key = keyNamed(this.#group, name);
    const inner = key === undefined ? undefined : member(this.#group, key);
    return key !== undefined && isObject(inner)
      ? new Members(this.#subject, inner, this.pointer + pointerStep(key), this.in)
      : undefined;
  }

  /** Every member, in the order of the file. */
  get all(): readonly Given[] {
    return Object.keys(this.#group).flatMap((key) => this.given(key) ?? []);
  }

  /** Whether a member is there, and neither null nor empty. */
  has(name: string): boolean {
    const written = this.given(name)?.written;
    return written !== undefined && written !== null && written !== '';
  }
}
