import type { Part } from '../document/locate.ts';
import { expressionsOf } from '../expression/references.ts';
import type { Access } from '../expression/syntax.ts';
import { isObject } from '../json/json.ts';
import { member, memberNamed } from '../json/member.ts';
import { partIn } from './part-in.ts';
import type { Subject, TemplateEntry } from './subject.ts';

/** A place such as `parameters('$connections')['keyvault']`. */
export interface ConnectionReference {
  readonly name: string;
  readonly entry: TemplateEntry;
  readonly part: Part;
}

/**
 * Every connection that expressions pick by a literal name: from the parameter `$connections`, or, in flows that use the caller's
 * connections, from what the trigger brings: `json(decodeBase64(…))['$connections']['x']`.
 */
export function connectionReferences(subject: Subject): readonly ConnectionReference[] {
  return subject.once(listConnectionReferences);
}

function listConnectionReferences({ templates }: Subject): ConnectionReference[] {
  const found: ConnectionReference[] = [];
  for (const entry of templates) {
    if (!entry.template || !entry.text.includes('$') || !/\$connections/i.test(entry.text)) continue;
    for (const { kind, name, call } of entry.references) {
      if (kind === 'parameter' && name?.toLowerCase() === '$connections') add(found, entry, call.accesses[0]);
    }
    for (const expression of expressionsOf(entry.template)) {
      const accesses = expression.kind === 'call' ? expression.accesses : [];
      const at = accesses.findIndex(({ key }) => key.kind === 'string' && key.value.toLowerCase() === '$connections');
      if (at !== -1) add(found, entry, accesses[at + 1]);
    }
  }
  return found;
}

function add(found: ConnectionReference[], entry: TemplateEntry, access: Access | undefined) {
  if (access?.key.kind === 'string') found.push({ name: access.key.value, entry, part: partIn(entry, access.key) });
}

/** The value of `$connections`, where it is given and stands there as it is. */
export function connectionsValue({ surroundings }: Subject): Readonly<Record<string, unknown>> | undefined {
  const value = member(memberNamed(surroundings.parameters, '$connections'), 'value');
  return isObject(value) ? value : undefined;
}
