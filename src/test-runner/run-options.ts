import type { Surroundings } from '../definition/surroundings.ts';
import type { RunOptions } from '../engine/options.ts';
import { isObject } from '../json/json.ts';

/** A workflow definition and what is known around it. */
export interface Workflow extends Surroundings {
  readonly definition: Readonly<Record<string, unknown>>;
}

/** What runs: a definition, and what its run is given. */
export interface Runnable {
  readonly definition: Readonly<Record<string, unknown>>;
  readonly options: RunOptions;
}

/**
 * A workflow as it runs with what is given: with the values that its files have of its parameters, and over them those that are given.
 * In Standard the parameters of the app are declared beside the definition; values there that are settings (`@appsetting('…')`) come
 * from the app settings that are given.
 */
export function runnable({ definition, host, name, parameters = {} }: Workflow, given: RunOptions): Runnable {
  const own = isObject(definition.parameters) ? definition.parameters : {};
  const settings = new Map(Object.entries(given.appSettings ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const declared: Record<string, unknown> = {};
  const values: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(parameters)) {
    const isOfApp = host === 'standard' && !Object.hasOwn(own, key);
    // Beside the values of this workflow, a file may have those of others.
    if (!isOfApp && !Object.hasOwn(own, key)) continue;
    if (isOfApp) declared[key] = { type: isObject(one) ? one.type : undefined };
    const value = isObject(one) ? settled(one.value, settings) : undefined;
    if (value !== undefined) values[key] = value;
  }
  return {
    definition: { ...definition, parameters: { ...declared, ...own } },
    options: {
      ...given,
      parameters: { ...values, ...given.parameters },
      workflow: {
        ...(name !== undefined && { name }),
        // Source: docs/facts/engine.md#run.
        ...(host === 'power-automate' && { tags: { flowDisplayName: name ?? 'flow', environmentName: 'environment' } }),
        ...given.workflow,
      },
    },
  };
}

/** A value as it is written, with the settings that it names; undefined where nobody has given one of them. */
function settled(written: unknown, settings: ReadonlyMap<string, string>): unknown {
  if (typeof written !== 'string') return written;
  let isMissing = false;
  const text = written.replaceAll(/^@appsetting\('([^']+)'\)$|@\{appsetting\('([^']+)'\)\}/gi, (_, whole, part) => {
    const found = settings.get(String(whole ?? part).toLowerCase());
    isMissing ||= found === undefined;
    return found ?? '';
  });
  return isMissing ? undefined : text;
}
