import type { Subject, TemplateEntry } from '../check/subject.ts';
import { changedVariable } from '../definition/variables.ts';
import type { Part } from '../document/locate.ts';
import { isObject } from '../json/json.ts';
import { member } from '../json/member.ts';
import { pointerStep } from '../json/pointer.ts';

export type NameKind = 'action' | 'variable' | 'parameter' | 'trigger';

/** A place where a name stands. */
export interface Occurrence {
  readonly kind: NameKind;
  /** As it is written there. */
  readonly name: string;
  readonly isDeclaration: boolean;
  /** Of the value, or of the member whose key it is. */
  readonly pointer: string;
  readonly part: Part;
  /** How the name is written there: as a JSON string, or between quotes in an expression that stands in one. */
  readonly form: 'json' | 'expression';
}

/** Every place where the name of an action, a variable, a parameter or a trigger stands in a definition, keys and `runAfter` included. */
export function occurrencesIn(subject: Subject): readonly Occurrence[] {
  return subject.once(listOccurrences);
}

/** Names are the same whatever their case. */
export function isSameName(one: Pick<Occurrence, 'kind' | 'name'>, other: Pick<Occurrence, 'kind' | 'name'>): boolean {
  return one.kind === other.kind && one.name.toLowerCase() === other.name.toLowerCase();
}

function listOccurrences(subject: Subject): Occurrence[] {
  return [...declarations(subject), ...order(subject), ...changes(subject), ...subject.templates.flatMap(inExpressions)];
}

function declarations({ definition, actions, triggers, variables }: Subject): Occurrence[] {
  const key = (kind: NameKind, name: string, pointer: string): Occurrence => ({
    ...{ kind, name, pointer, isDeclaration: true, part: 'key', form: 'json' },
  });
  const parameters = isObject(definition.parameters) ? Object.keys(definition.parameters) : [];
  return [
    ...parameters.map((name) => key('parameter', name, `/parameters${pointerStep(name)}`)),
    ...triggers.map(({ name, pointer }) => key('trigger', name, pointer)),
    ...actions.map(({ name, pointer }) => key('action', name, pointer)),
    ...variables.map(({ name, pointer }): Occurrence => ({ ...key('variable', name, `${pointer}/name`), part: 'value' })),
  ];
}

/** `runAfter`, and `transitions`, which hand over from one agent to another. */
function order({ actions }: Subject): Occurrence[] {
  return actions.flatMap(({ node, pointer }) =>
    ['runAfter', 'transitions'].flatMap((word) => {
      const group = member(node, word);
      return Object.keys(isObject(group) ? group : {}).map(
        (name): Occurrence => ({
          ...{ kind: 'action', name, pointer: `${pointer}/${word}${pointerStep(name)}` },
          ...{ isDeclaration: false, part: 'key', form: 'json' },
        }),
      );
    }),
  );
}

/** Actions that change a variable name it. */
function changes({ actions }: Subject): Occurrence[] {
  return actions.flatMap((action): Occurrence[] => {
    const name = changedVariable(action);
    if (name === undefined || name.includes('@')) return [];
    return [
      {
        ...{ kind: 'variable', name, pointer: `${action.pointer}/inputs/name` },
        ...{ isDeclaration: false, part: 'value', form: 'json' },
      },
    ];
  });
}

const kinds = { action: 'action', loop: 'action', variable: 'variable', parameter: 'parameter' } as const;

function inExpressions({ references, pointer, isKey }: TemplateEntry): Occurrence[] {
  return references.flatMap(({ kind, name, start, end }): Occurrence[] => {
    if (name === undefined || !(kind in kinds)) return [];
    const part = { start, end, ...(isKey && { of: 'key' as const }) };
    return [{ kind: kinds[kind as keyof typeof kinds], name, isDeclaration: false, pointer, part, form: 'expression' }];
  });
}
