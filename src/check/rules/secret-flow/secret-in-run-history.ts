import type { OperationEntry } from '../../../definition/walk.ts';
import { hide } from '../../mends.ts';
import type { Finding, Rule } from '../../rule.ts';
import { isCredentialPath } from '../../secret-flow/demand.ts';
import type { Arrival } from '../../secret-flow/flow.ts';
import { secretsOf } from '../../secret-flow/secrets.ts';
import type { Taint } from '../../secret-flow/taint.ts';
import { stepsOf } from '../../secret-flow/way.ts';
import { isMeantToHide } from '../../secure-data.ts';

export const secretInRunHistory: Rule = {
  name: 'secret-in-run-history',
  severity: 'warning',
  category: 'security',
  summary: 'Nothing on the way of a secret shows it in run history',
  check: (subject, report) => {
    const told = new Set<string>();
    const { flow, received } = secretsOf(subject);
    const [trigger] = subject.triggers;
    for (const { source, isHidden } of trigger ? received : []) {
      if (!trigger || isHidden || told.has(source.words)) continue;
      told.add(source.words);
      const { pointer, name } = trigger;
      report({
        pointer,
        part: 'key',
        message: `the trigger "${name}" shows ${source.words} in run history: its outputs are not hidden`,
        path: [...(source.before ?? []), source.step, { pointer, part: 'key', message: `"${name}" shows it` }],
        help: 'add beside inputs: "runtimeConfiguration": { "secureData": { "properties": ["inputs", "outputs"] } } (Settings, Secure outputs)',
        fix: hide(trigger, ['inputs', 'outputs']),
      });
    }
    const places: ShownPlace[] = [];
    for (const { entry, taints, path } of flow.arrivals) {
      const { operation, pointer } = entry;
      if (!operation || path[0] !== 'inputs' || isNeverShown(path)) continue;
      for (const taint of taints) {
        const shown = shownBy(operation, taint);
        if (!shown || told.has(`${operation.pointer} ${taint.source.words}`)) continue;
        told.add(`${operation.pointer} ${taint.source.words}`);
        places.push({ operation, pointer, taint, shown });
      }
    }
    for (const [first, ...further] of chainsOf(places)) {
      if (first) report({ ...findingOf(first), ...(further.length > 0 && { further: further.map(findingOf) }) });
    }
  },
};

/** An operation that shows what arrives in it. */
interface ShownPlace {
  readonly operation: OperationEntry;
  readonly pointer: string;
  readonly taint: Taint;
  readonly shown: Shown;
}

function findingOf({ operation, pointer, taint, shown }: ShownPlace): Finding {
  return {
    pointer,
    message: `"${operation.name}" shows ${taint.source.words} in run history: ${shown.why}`,
    path: [...stepsOf(taint), { pointer, message: `"${operation.name}" shows it` }],
    help: shown.help,
    fix: shown.hidden && hide(operation, shown.hidden),
  };
}

/** Places to which the same secret comes one from the other, and of which the same is to be told: each place stands in one chain. */
function chainsOf(places: readonly ShownPlace[]): ShownPlace[][] {
  const keyOf = ({ source }: Taint, pointer: string, { help }: Shown) => [source.words, help, pointer].join('\n');
  const at = new Map(places.map((place) => [keyOf(place.taint, place.pointer, place.shown), place]));
  const next = new Map<ShownPlace, ShownPlace>();
  const isFurther = new Set<ShownPlace>();
  for (const place of places) {
    const before = at.get(keyOf(place.taint, place.taint.way.step.pointer, place.shown));
    // Where a way parts, one goes on as the same chain; in a loop, a way comes by the same place again, and is longer then.
    if (!before || before.taint.way.length >= place.taint.way.length || next.has(before)) continue;
    next.set(before, place);
    isFurther.add(place);
  }
  const begins = places.filter((place) => !isFurther.has(place));
  return begins.map((first) => {
    const chain = [first];
    for (let here = next.get(first); here; here = next.get(here)) chain.push(here);
    return chain;
  });
}

/**
 * Of what an action signs in with, and of the Authorization header, run history tells nothing. Source:
 * docs/facts/run-history.md#hiding-inputs-and-outputs.
 */
function isNeverShown(path: Arrival['path']): boolean {
  return path.includes('authentication') || isCredentialPath(path);
}

const variables: ReadonlySet<string> = new Set([
  'initializevariable',
  'setvariable',
  'appendtoarrayvariable',
  'appendtostringvariable',
]);
const outputsFollowInputs: ReadonlySet<string> = new Set(['select', 'query', 'join', 'table']);

interface Shown {
  readonly why: string;
  readonly help: string;
  /** What hides it, where something can. */
  readonly hidden?: readonly ('inputs' | 'outputs')[];
}

/**
 * Why a trigger or an action shows what arrives in its inputs; undefined where it hides it. Source:
 * docs/facts/run-history.md#hiding-inputs-and-outputs.
 */
function shownBy({ node, typeWord }: OperationEntry, taint: Taint): Shown | undefined {
  if (variables.has(typeWord))
    return {
      why: 'nothing can hide a variable',
      help: 'use the output of the action that yields it where it is needed, without a variable',
    };
  if (outputsFollowInputs.has(typeWord))
    return isMeantToHide(node, 'inputs') && isMeantToHide(node, 'outputs')
      ? undefined
      : {
          why: 'its outputs hold it and are not hidden',
          help: 'turn on Secure inputs and Secure outputs in its settings',
          hidden: ['inputs', 'outputs'],
        };
  if (isMeantToHide(node, 'inputs') || taint.isHidden) return undefined;
  // Where the action that yields the secret hides its outputs, this one is hidden with it: one finding is enough, and it is there.
  if (taint.way.before === undefined && taint.source.kind !== 'parameter') return undefined;
  return {
    why:
      taint.way.before === undefined
        ? 'its inputs are not hidden'
        : 'what hides the outputs of the first action does not reach so far',
    help: 'add beside inputs: "runtimeConfiguration": { "secureData": { "properties": ["inputs"] } } (Settings, Secure inputs)',
    hidden: ['inputs'],
  };
}
