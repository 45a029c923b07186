import type { Surroundings } from '../definition/surroundings.ts';
import type { RunOptions } from '../engine/options.ts';
import { isObject } from '../json/json.ts';

/** A workflow definition and what is known around it. */
export interface Workflow extends Surroundings {
  readonly definition: Readonly<Record<string, unknown>>;
}

/**
 * What a run of a workflow is given: the values that its file has of its parameters, and over them those that are given here. Values
 * that are settings of an app (`@appsetting('…')`) come from the app settings.
 */
export function runOptionsOf(workflow: Workflow, given: RunOptions): RunOptions {
  const settings = new Map(Object.entries(given.appSettings ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const declared = workflow.definition.parameters;
  const known = Object.entries(workflow.parameters ?? {}).flatMap(([name, one]): [string, unknown][] => {
    // Beside the values of this workflow, a file may have those of others.
    if (!isObject(declared) || !Object.hasOwn(declared, name)) return [];
    const value = isObject(one) && 'value' in one ? one.value : undefined;
    const setting = typeof value === 'string' ? /^@\{?appsetting\('([^']+)'\)\}?$/i.exec(value)?.[1] : undefined;
    if (setting === undefined) return value === undefined ? [] : [[name, value]];
    const found = settings.get(setting.toLowerCase());
    return found === undefined ? [] : [[name, found]];
  });
  return { ...given, parameters: { ...Object.fromEntries(known), ...given.parameters } };
}
