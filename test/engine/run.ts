import type { RunOptions } from '../../src/engine/options.ts';
import { runDefinition } from '../../src/engine/run.ts';

type Group = Readonly<Record<string, unknown>>;

/** Runs actions behind a Request trigger; `more` are further members of the definition. */
export function run(actions: Group, options: RunOptions = {}, more: Group = {}) {
  const result = runDefinition({ triggers: { manual: { type: 'Request', kind: 'Http' } }, actions, ...more }, options);
  const of = (name: string) => result.actions.filter((one) => one.name === name);
  return { ...result, of, action: (name: string) => of(name)[0] };
}

/** Actions that run one after another, in their order. */
export function inTurn(actions: Readonly<Record<string, Group>>): Group {
  const names = Object.keys(actions);
  return Object.fromEntries(
    Object.entries(actions).map(([name, action], index) => [
      name,
      { runAfter: index === 0 ? {} : { [names[index - 1] as string]: ['Succeeded'] }, ...action },
    ]),
  );
}

export const compose = (inputs: unknown, more: Group = {}) => ({ type: 'Compose', inputs, ...more });
export const http = (uri = 'https://api.contoso.com/things', more: Group = {}) => ({
  type: 'Http',
  inputs: { method: 'GET', uri, ...more },
});
export const variable = (name: string, type: string, value?: unknown) => ({
  type: 'InitializeVariable',
  inputs: { variables: [{ name, type, ...(value !== undefined && { value }) }] },
});
