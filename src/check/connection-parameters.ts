import { isGroup, member, memberNamed } from '../definition/walk.ts';
import type { Subject, TemplateEntry } from './subject.ts';

/** A place such as `parameters('$connections')['keyvault']`. */
export interface ConnectionReference {
  readonly name: string;
  readonly entry: TemplateEntry;
  readonly part: { readonly start: number; readonly end: number };
}

/** Every connection that expressions pick from the parameter `$connections` by a literal name. */
export function listConnectionReferences(subject: Subject): ConnectionReference[] {
  const found: ConnectionReference[] = [];
  for (const { entry, reference } of subject.references('parameter')) {
    if (reference.name?.toLowerCase() !== '$connections') continue;
    const key = reference.call.accesses[0]?.key;
    if (key?.kind === 'string') found.push({ name: key.value, entry, part: key });
  }
  return found;
}

/** The value of `$connections`, where it is given and stands there as it is. */
export function connectionsValue({ surroundings }: Subject): Readonly<Record<string, unknown>> | undefined {
  const value = member(memberNamed(surroundings.parameters, '$connections'), 'value');
  return isGroup(value) ? value : undefined;
}
