import type { Subject } from '../check/subject.ts';
import type { ActionEntry } from '../definition/walk.ts';
import { type FunctionSignature, functionNamed, functions, type ReferenceKind } from '../expression/functions.ts';
import { ExpressionSyntaxError } from '../expression/syntax-error.ts';
import { parseTemplate } from '../expression/template.ts';
import { describeKinds, type Type } from '../expression/types.ts';
import { isObject } from '../json/json.ts';
import { expressionAt } from './expression-at.ts';

/** What could stand at a place. */
export interface Proposal {
  readonly label: string;
  readonly kind: 'function' | 'action' | 'variable' | 'parameter' | 'property' | 'value' | 'connection';
  /** Said beside it. */
  readonly detail?: string;
  /** Markdown. */
  readonly about?: string;
  /** What is written in the place of the characters before the cursor that it completes. Default: the label. */
  readonly text?: string;
}

export interface Proposals {
  /** How many characters before the place they take the place of. */
  readonly replaces: number;
  readonly proposals: readonly Proposal[];
}

/**
 * What could go on at the end of `text`, a string of the definition up to the cursor. `inside` is the action that it stands in: of
 * actions, those are proposed that have run before it. Undefined where no expression is written.
 */
export function completeExpression(text: string, subject: Subject, inside: ActionEntry | undefined): Proposals | undefined {
  const context = expressionAt(text);
  if (!context) return undefined;
  const replaces = text.length - context.start;
  switch (context.kind) {
    case 'function':
      return { replaces, proposals: functions.map(ofFunction) };
    case 'argument':
      return { replaces, proposals: namesFor(functionNamed(context.callee)?.refersTo, subject, inside) };
    case 'access': {
      const type = typeOf(text.slice(context.valueStart, context.valueEnd), subject);
      return { replaces, proposals: membersOf(type, context.notation) };
    }
  }
}

/** Such as `addDays(timestamp: a string, days: a number, format?: a string): a string`. */
export function signatureText({ name, parameters, required, repeats, returns }: FunctionSignature): string {
  const list = parameters.map((parameter, index) => {
    const isLast = index === parameters.length - 1;
    return `${isLast && repeats ? '…' : ''}${parameter.name}${index >= required ? '?' : ''}: ${describeKinds(parameter.kinds)}`;
  });
  return `${name}(${list.join(', ')}): ${describeKinds(returns)}`;
}

function ofFunction(signature: FunctionSignature): Proposal {
  return { label: signature.name, kind: 'function', detail: signatureText(signature) };
}

function namesFor(kind: ReferenceKind | undefined, subject: Subject, inside: ActionEntry | undefined): Proposal[] {
  const isInReach = (action: ActionEntry) => inside === undefined || subject.order.mayRefer(inside, action);
  switch (kind) {
    case 'action':
      return subject.actions.filter(isInReach).map(toAction);
    case 'loop':
      return subject.actions.filter(({ typeWord }) => typeWord === 'foreach' || typeWord === 'until').map(toAction);
    case 'variable':
      return subject.variables.map(({ name, type }) => ({
        ...{ label: name, kind: 'variable', text: quoted(name), detail: String(type) },
      }));
    case 'parameter': {
      const { parameters } = subject.definition;
      return Object.entries(isObject(parameters) ? parameters : {}).map(([name, declared]) => ({
        ...{ label: name, kind: 'parameter', text: quoted(name) },
        ...(isObject(declared) && typeof declared.type === 'string' && { detail: declared.type }),
      }));
    }
    default:
      return [];
  }
}

const toAction = ({ name, type }: ActionEntry): Proposal => ({ label: name, kind: 'action', detail: type, text: quoted(name) });

/** As it stands between the quotes of an expression. */
function quoted(name: string): string {
  return name.replaceAll("'", "''");
}

function membersOf({ properties }: Type, notation: 'dot' | 'bracket'): Proposal[] {
  const names = [...(properties ?? [])].filter(([name]) => notation === 'bracket' || /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name));
  return names.map(([name, type]) => ({ label: name, kind: 'property', detail: describeKinds(type.kinds), text: quoted(name) }));
}

/** The type of an expression as far as the definition tells it. */
function typeOf(expression: string, subject: Subject): Type {
  try {
    return subject.typeOf({ template: parseTemplate(`@${expression}`) });
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return { kinds: 0 };
    throw error;
  }
}
