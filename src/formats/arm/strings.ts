import { walkStrings } from '../../definition/walk.ts';
import { isObject } from '../../json/json.ts';
import { toPointer } from '../../json/pointer.ts';
import { isArmExpression, isEscaped } from '../../template-language/expression.ts';
import type { Scope } from '../../template-language/scope.ts';
import { type ArmTemplate, templateKey } from './templates.ts';

/** A string of a template. */
export interface TemplateString {
  /** The path of the file. */
  readonly path: string;
  readonly text: string;
  /** Gives the pointer: most strings are passed over, and a pointer for each would cost more than the walk. */
  readonly at: () => string;
}

type Visit = (text: string, at: () => string) => void;

/** Calls `visit` for every string that ARM looks at in a template, but for those of the templates in it. */
export function visitStrings({ node, pointer, resources }: ArmTemplate, visit: Visit) {
  const walk = (value: unknown, at: string) => walkStrings(value, [], (text, path) => visit(text, () => at + toPointer(path)));
  for (const part of ['parameters', 'variables', 'outputs']) walk(node[part], `${pointer}/${part}`);
  for (const { resource, pointer: at } of resources) {
    for (const [key, value] of Object.entries(resource)) {
      // Resources inside are among the others; the rest is a note to people.
      if (key === 'resources' || key === 'comments' || key === 'metadata') continue;
      if (key !== 'properties' || !isObject(value)) {
        walk(value, at + toPointer([key]));
        continue;
      }
      const inner = templateKey(resource);
      for (const [name, part] of Object.entries(value)) if (name !== inner) walk(part, at + toPointer([key, name]));
    }
  }
}

/** The scope that works a string out first, and the expression as that one reads it; undefined for a plain text. */
export function firstWorkedOut(text: string, scopes: readonly Scope[]): { text: string; scope: Scope } | undefined {
  let here = text;
  for (const scope of scopes) {
    if (isEscaped(here)) here = here.slice(1);
    else return isArmExpression(here) ? { text: here, scope } : undefined;
  }
  return undefined;
}
