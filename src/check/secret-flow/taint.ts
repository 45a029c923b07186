import type { ActionEntry } from '../../definition/walk.ts';
import type { Expression } from '../../expression/syntax.ts';
import type { Step } from '../rule.ts';
import type { Way } from './way.ts';

/** Where a value is kept between actions, such as `outputs get_secret`. */
export type NodeKey = `${'outputs' | 'results' | 'variable' | 'item' | 'parameter'} ${string}` | 'trigger';

/** Where a secret comes from. */
export interface Source {
  readonly kind: 'vault' | 'parameter' | 'credential' | 'sibling';
  /** Such as `the secret that "Get_secret" reads`. */
  readonly words: string;
  /** The first step of its way. */
  readonly step: Step;
  /** Its way in another workflow, before that step. */
  readonly before?: readonly Step[];
}

/** A secret in a value: the value itself, or what stands in it at a path of keys; `*` is any element of a list. */
export interface Taint {
  readonly source: Source;
  /** In lower case: the language ignores the case of names. */
  readonly path: readonly string[];
  /**
   * Whether an action that reads it directly gets its inputs hidden without a setting of its own. Source:
   * docs/facts/run-history.md#hiding-inputs-and-outputs.
   */
  readonly isHidden: boolean;
  /** How it came here. */
  readonly way: Way;
  /** The action that put it into the variable that it stands in. */
  readonly writer?: ActionEntry;
}

/** Longer paths are cut: what stands deeper counts as all of the value there. */
const longestPath = 12;

/** The same secret at a path in a value around it. */
export function within(taint: Taint, path: readonly string[]): Taint {
  if (path.length === 0) return taint;
  return { ...taint, path: [...path, ...taint.path].slice(0, longestPath) };
}

/** The secrets in what a literal key picks from a value. Of a secret, a part is one too. */
export function pick(taints: readonly Taint[], key: string): Taint[] {
  return taints.flatMap((taint) => {
    const [head, ...rest] = taint.path;
    if (head === undefined) return [taint];
    return head === key.toLowerCase() ? [{ ...taint, path: rest }] : [];
  });
}

/** The secrets in an element of a list. */
export function element(taints: readonly Taint[]): Taint[] {
  return pick(taints, '*');
}

/** The secrets in what an access picks. Power Automate writes two steps as one key: `?['body/value']`. What a computed key picks is not known. */
export function access(taints: readonly Taint[], key: Expression): Taint[] {
  if (taints.length === 0) return [];
  if (key.kind === 'number') return element(taints);
  if (key.kind !== 'string') return taints.filter(({ path }) => path.length === 0);
  const direct = pick(taints, key.value);
  return direct.length > 0 || !key.value.includes('/') ? direct : key.value.split('/').reduce(pick, [...taints]);
}
