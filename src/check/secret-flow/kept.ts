import type { ActionEntry } from '../../definition/walk.ts';
import { member } from '../../json/member.ts';
import { isMeantToHide } from '../secure-data.ts';
import type { NodeKey } from './taint.ts';

/** Where an action keeps what arrives in one of its strings, and at which path; undefined where it passes it on nowhere. */
interface Kept {
  readonly node: NodeKey;
  readonly pathOf: (path: readonly string[]) => readonly string[] | undefined;
  readonly words: string;
}

/** The path is that of the string from the action: keys in lower case. */
export function keptBy({ node, name, nameWord, typeWord }: ActionEntry, path: readonly string[]): Kept | undefined {
  const [part, key] = path;
  const outputs = (at: readonly string[], words: string, isText = false): Kept => ({
    node: `outputs ${nameWord}`,
    pathOf: (inner) => (isText ? at : [...at.map(anyIndex), ...inner]),
    words: `"${name}" ${words}`,
  });
  const variable = (written: unknown, at: readonly string[] | 'text'): Kept | undefined =>
    typeof written === 'string'
      ? {
          node: `variable ${written.toLowerCase()}`,
          pathOf: (inner) => (at === 'text' ? [] : [...at.map(anyIndex), ...inner]),
          words: `"${name}" keeps it in the variable "${written}"`,
        }
      : undefined;
  if (typeWord === 'foreach' && part === 'foreach')
    return {
      node: `item ${nameWord}`,
      pathOf: ([head, ...rest]) => (head === undefined || head === '*' ? rest : undefined),
      words: `"${name}" goes through it item by item`,
    };
  if (part !== 'inputs') return undefined;
  switch (typeWord) {
    case 'compose':
      return outputs(path.slice(1), 'composes it');
    case 'parsejson':
      return key === 'content' ? outputs(['body', ...path.slice(2)], 'parses it') : undefined;
    case 'select':
      return key === 'select' ? outputs(['body', '*', ...path.slice(2)], 'selects it') : undefined;
    case 'query':
      return key === 'from' ? outputs(['body', ...path.slice(2)], 'filters it') : undefined;
    case 'join':
      return key === 'from' ? outputs(['body'], 'joins it', true) : undefined;
    case 'table':
      if (key !== 'columns' && (key !== 'from' || Array.isArray(member(node, 'inputs', 'columns')))) return undefined;
      return outputs(['body'], 'makes a table of it', true);
    case 'initializevariable': {
      const [, , index, value, ...rest] = path;
      const declared = member(node, 'inputs', 'variables');
      const entry: unknown = Array.isArray(declared) ? declared[Number(index)] : undefined;
      return value === 'value' ? variable(member(entry, 'name'), rest) : undefined;
    }
    case 'setvariable':
      return key === 'value' ? variable(member(node, 'inputs', 'name'), path.slice(2)) : undefined;
    case 'appendtoarrayvariable':
      return key === 'value' ? variable(member(node, 'inputs', 'name'), ['*', ...path.slice(2)]) : undefined;
    case 'appendtostringvariable':
      return key === 'value' ? variable(member(node, 'inputs', 'name'), 'text') : undefined;
    default:
      return undefined;
  }
}

/** Elements of a list are not told apart. */
function anyIndex(key: string): string {
  return /^\d+$/.test(key) ? '*' : key;
}

/**
 * What comes out of Compose and Parse JSON hides no action that reads it, whatever their own settings. Source:
 * docs/facts/run-history.md#hiding-inputs-and-outputs.
 */
export function keepsHidden({ node, typeWord }: ActionEntry): boolean {
  return typeWord !== 'compose' && typeWord !== 'parsejson' && isMeantToHide(node, 'outputs');
}
