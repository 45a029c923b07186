import { changedVariable } from '../definition/variables.ts';
import type { ActionEntry } from '../definition/walk.ts';
import type { Leaving, Rewriting } from './rewriting.ts';

/**
 * Who still needs an action once others are gone, as words for why it stays; undefined where nobody does. Asked for are its outputs,
 * the results of what stands around it, the variables that it makes or changes, and what only a run or a deployment tells.
 */
export function whoNeeds(action: ActionEntry, rewriting: Rewriting, leaving: Leaving): string | undefined {
  const { subject } = rewriting;
  if (rewriting.wanted('action').has(action.nameWord)) return `the new sign-in uses "${action.name}"`;
  const around = new Set<string>();
  for (let here = action.parent; here; here = here.parent) around.add(here.nameWord);
  for (const { entry, reference } of rewriting.staying('action', leaving)) {
    const who = entry.operation ? `"${entry.operation.name}"` : 'an output of the workflow';
    if (reference.name === undefined) {
      if (reference.function !== 'result') return `${who} reads an action whose name is computed`;
      continue;
    }
    const word = reference.name.toLowerCase();
    if (word === action.nameWord) return `${who} uses "${action.name}", too`;
    if (reference.function === 'result' && around.has(word))
      return `${who} reads the results of all that is in "${reference.name}"`;
  }
  for (const variable of variablesOf(action, rewriting)) {
    if (rewriting.wanted('variable').has(variable.toLowerCase())) return `the new sign-in uses the variable "${variable}"`;
    const use = subject.variableUses.find(
      ({ name, pointer, action: user }) =>
        name.toLowerCase() === variable.toLowerCase() && rewriting.stays(pointer, user, leaving),
    );
    if (use) return `"${use.action?.name ?? 'an output'}" uses the variable "${variable}", too`;
    if (rewriting.staying('variable', leaving).some(({ reference }) => reference.name === undefined))
      return 'a variable is read whose name is computed';
  }
  return textThatNames(action.name, rewriting) ? `a text that the deployment puts together names "${action.name}"` : undefined;
}

/** The variables that an action makes or changes. */
function variablesOf(action: ActionEntry, { subject }: Rewriting): string[] {
  const made = subject.variables.filter((variable) => variable.action === action).map(({ name }) => name);
  const changed = changedVariable(action);
  return changed === undefined ? made : [...made, changed];
}

/** Whether an expression of a template, out of which anything may come, holds a name. */
export function textThatNames(name: string, { subject }: Rewriting): boolean {
  if (!subject.surroundings.armExpressions) return false;
  return subject.once(armTexts).some((text) => text.includes(name.toLowerCase()));
}

function armTexts(subject: Rewriting['subject']): string[] {
  const found: string[] = [];
  const look = (value: unknown) => {
    if (typeof value === 'string') {
      // A whole name in quotes is needed for a reference; what has no `@` becomes no expression.
      if (subject.isArmExpression(value) && value.includes('@')) found.push(value.toLowerCase());
    } else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) look(inner);
  };
  look(subject.definition);
  return found;
}
