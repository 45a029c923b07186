import { isObject } from '../json/json.ts';
import { fromPointer } from '../json/pointer.ts';
import type { Source, SyntaxProblem } from './source.ts';
import { deepest } from './yaml-limits.ts';

/** A spec that a program has made: a value, with no text and so no place in one. */
export class GivenSpec implements Source {
  readonly file: string;
  readonly text: string;
  readonly problems: readonly SyntaxProblem[];
  readonly #value: unknown;

  /** What JSON has no place for is left out, as JSON.stringify does; what changes afterwards counts no more. */
  constructor(value: object, file: string) {
    this.file = file;
    try {
      this.text = JSON.stringify(value);
      this.#value = JSON.parse(this.text);
      this.problems = isTooDeep(this.#value) ? [{ message: `it is nested more than ${deepest} levels deep` }] : [];
    } catch (error) {
      this.text = '';
      this.problems = [{ message: `it cannot be written as JSON: ${(error as Error).message.split('\n')[0]}` }];
    }
  }

  get fileName(): string {
    return this.file.split(/[\\/]/).at(-1) ?? this.file;
  }

  value(): unknown {
    return this.#value;
  }

  has(pointer: string): boolean {
    let here = this.#value;
    for (const step of fromPointer(pointer)) {
      if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return false;
      here = (here as Record<string, unknown>)[step];
    }
    return true;
  }

  rangeOf(): undefined {
    return undefined;
  }
}

/** Level by level: it may be nested deeper than a function can call itself. */
function isTooDeep(value: unknown): boolean {
  const groupsIn = (one: unknown): unknown[] => (Array.isArray(one) ? one : isObject(one) ? Object.values(one) : []);
  let level = [value];
  for (let depth = 0; depth <= deepest && level.length > 0; depth++) level = level.flatMap(groupsIn);
  return level.length > 0;
}
