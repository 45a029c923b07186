import { vaultRead } from '../check/vault-read.ts';
import type { ActionEntry } from '../definition/walk.ts';
import { isObject } from '../json/json.ts';
import type { Rewriting } from './rewriting.ts';
import { textThatNames, whoNeeds } from './uses.ts';

/**
 * Takes out the actions that only brought old credentials to what is gone: those that read them from a vault, and those that passed
 * them on. One that something else needs, or runs after when it fails, stays.
 */
export function takeOutIdle(rewriting: Rewriting) {
  const { subject } = rewriting;
  for (let found = true; found; ) {
    found = false;
    for (const action of feeders(rewriting)) {
      const leaving = { places: new Set<string>(), actions: new Set([action]) };
      if (subject.variables.filter((variable) => variable.action === action).length > 1) continue;
      if (whoNeeds(action, rewriting, leaving) !== undefined) continue;
      const next = rewriting.runAfter.without([action]);
      if ('reason' in next) continue;
      rewriting.runAfter = next;
      found = true;
    }
  }
}

/** The actions that what is gone had its values from, of those that do nothing else than bring them. */
function feeders(rewriting: Rewriting): Set<ActionEntry> {
  const { subject } = rewriting;
  const found = new Set<ActionEntry>();
  const add = (action: ActionEntry | undefined) => {
    if (action && !rewriting.runAfter.isGone(action) && brings(action, rewriting)) found.add(action);
  };
  for (const { references } of rewriting.leaving())
    for (const { kind, name } of references) {
      if (name === undefined) continue;
      if (kind === 'action') add(subject.actionNamed(name));
      if (kind === 'variable')
        for (const variable of subject.variables) if (variable.name.toLowerCase() === name.toLowerCase()) add(variable.action);
    }
  return found;
}

function brings(action: ActionEntry, { subject }: Rewriting): boolean {
  return /^(?:compose|parsejson|initializevariable)$/.test(action.typeWord) || vaultRead(subject, action)?.part === 'value';
}

/** The parameters of the definition that only what is gone took. */
export function idleParameters(rewriting: Rewriting): string[] {
  const { parameters } = rewriting.subject.definition;
  const names = new Set<string>();
  for (const { references } of rewriting.leaving())
    for (const { kind, name } of references) if (kind === 'parameter' && name !== undefined) names.add(name.toLowerCase());
  const staying = rewriting.staying('parameter').map(({ reference }) => reference.name?.toLowerCase());
  if (staying.includes(undefined)) return [];
  const wanted = rewriting.wanted('parameter');
  return Object.keys(isObject(parameters) ? parameters : {}).filter((name) => {
    const word = name.toLowerCase();
    return (
      names.has(word) && !staying.includes(word) && !wanted.has(word) && !name.startsWith('$') && !textThatNames(name, rewriting)
    );
  });
}
