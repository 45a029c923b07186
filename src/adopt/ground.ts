import type { Edit } from '../diagnostics/fix.ts';
import type { OpenedDefinition } from '../formats/reading/opened-document.ts';
import { isObject, type JsonObject } from '../json/json.ts';
import { keyNamed, memberNamed } from '../json/member.ts';
import { pointerStep } from '../json/pointer.ts';
import type { AdoptedDefinition } from './definition.ts';
import type { NewParameter } from './parameters.ts';
import type { Aim, FileEdit } from './plan.ts';

/** How a document holds its workflows: how an action reads the vault there, and where parameters and connections are. */
export interface Ground {
  /** Why nothing can be rewritten there; undefined where it can. */
  readonly problem?: string;
  readonly parameterName: (name: string) => string;
  /** Type of the action that reads a secret. */
  readonly getSecretType: string;
  /** That action. `name` is an expression without the leading `@`; `host`, how another action of the workflow reaches its vault. */
  readonly getSecret: (name: string, host: unknown) => JsonObject;
  /** The changes around a definition that what is rewritten in it needs. */
  readonly around: (
    opened: OpenedDefinition,
    adopted: AdoptedDefinition,
    aim: Aim,
  ) => readonly FileEdit[] | { readonly left: string };
}

/** The changes of a definition that declare parameters and take out others. */
export function declarations(
  { definition, pointer }: OpenedDefinition,
  added: readonly (readonly [name: string, declaration: JsonObject])[],
  removed: readonly string[],
): Edit[] {
  const key = keyNamed(definition, 'parameters');
  const at = `${pointer}/${key ?? 'parameters'}`;
  const there = key === undefined ? undefined : memberNamed(definition, key);
  if (!isObject(there)) return added.length === 0 ? [] : [{ kind: 'add', pointer: at, value: Object.fromEntries(added) }];
  return [
    ...removed.map((name): Edit => ({ kind: 'remove', pointer: at + pointerStep(name) })),
    ...added.map(([name, value]): Edit => ({ kind: 'add', pointer: at + pointerStep(name), value })),
  ];
}

/** A parameter as a definition declares it that holds its own value. */
export function declaration({ name, value }: NewParameter): [string, JsonObject] {
  return [name, { type: 'String', ...(value !== undefined && { defaultValue: value }) }];
}
