import { hide } from '../check/mends.ts';
import { isMeantToHide } from '../check/secure-data.ts';
import { vaultRead } from '../check/vault-read.ts';
import { isGetSecret } from '../definition/get-secret.ts';
import type { ActionEntry } from '../definition/walk.ts';
import type { Edit } from '../diagnostics/fix.ts';
import type { JsonObject } from '../json/json.ts';
import { member } from '../json/member.ts';
import { pointerStep } from '../json/pointer.ts';
import type { Rewriting } from './rewriting.ts';

/** The name of the action that reads the certificate: that of certflow's own workflows, where it is free. */
export function secretStepName({ subject }: Rewriting): string {
  const isTaken = (name: string) => subject.actionNamed(name) !== undefined || subject.triggers.some((one) => one.name === name);
  if (!isTaken('Get_secret')) return 'Get_secret';
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'Get_certificate' : `Get_certificate_${number}`;
    if (!isTaken(name)) return name;
  }
}

/**
 * The changes that read the certificate once, before all who sign in by it, hidden: beside the first actions of the workflow, where no
 * loop repeats it. Each that stands at the top and signs in, or has in it what does, waits for it, unless it waits for one that does.
 */
export function secretStep(rewriting: Rewriting, name: string, action: JsonObject): Edit[] {
  const { runAfter } = rewriting;
  const tops = new Set([...rewriting.users].map(topOf));
  const waits = new Map<ActionEntry, boolean>();
  const isCovered = (one: ActionEntry): boolean => {
    const known = waits.get(one);
    if (known !== undefined) return known;
    waits.set(one, false);
    const covered = [...runAfter.of(one)].some(([earlier, states]) => {
      const before = one.group.find(earlier);
      return before !== undefined && isSuccess(states) && (tops.has(before) || isCovered(before));
    });
    waits.set(one, covered);
    return covered;
  };
  for (const top of tops) if (!isCovered(top)) runAfter.waitFor(top, name);
  const value = {
    ...action,
    runAfter: {},
    runtimeConfiguration: { secureData: { properties: ['inputs', 'outputs'] } },
  };
  return [{ kind: 'add', pointer: `/actions${pointerStep(name)}`, value }];
}

function isSuccess(states: readonly string[]): boolean {
  return states.length === 1 && states[0]?.toLowerCase() === 'succeeded';
}

/** The action at the top of the workflow that another one stands in. */
export function topOf(action: ActionEntry): ActionEntry {
  let here = action;
  while (here.parent) here = here.parent;
  return here;
}

/** The connection by which the workflow reads a vault already, as an action of its type has it in its inputs. */
export function vaultHost({ subject }: Rewriting, type: string): unknown {
  for (const action of subject.actions) {
    if (action.typeWord !== type.toLowerCase() || vaultRead(subject, action)?.by !== 'connector') continue;
    const inputs = member(action.node, 'inputs');
    const host = member(inputs, 'host') ?? member(inputs, 'serviceProviderConfiguration');
    if (host !== undefined) return host;
  }
  return undefined;
}

/** The changes that hide what is read from vaults and shown in run history, by the actions. */
export function hideReads(rewriting: Rewriting): Map<ActionEntry, readonly Edit[]> {
  const found = new Map<ActionEntry, readonly Edit[]>();
  for (const action of rewriting.subject.actions) {
    if (rewriting.runAfter.isGone(action) || !isGetSecret(action.node) || isMeantToHide(action.node, 'outputs')) continue;
    const fix = hide(action, ['inputs', 'outputs']);
    if (fix) found.set(action, fix.edits);
  }
  return found;
}
