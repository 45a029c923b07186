import { walkStrings } from '../../src/definition/walk.ts';

/**
 * A template of the corpus with what its record does not tell: the location of the workflow, and the parameters and variables that
 * its expressions take.
 */
export function completeTemplate(template: unknown): unknown {
  const copy = structuredClone(template) as Record<string, unknown>;
  const [parameters, variables]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}];
  walkStrings(copy, [], (text) => {
    if (!text.startsWith('[') || !text.endsWith(']')) return;
    for (const [, kind, name = ''] of text.matchAll(/\b(parameters|variables)\('([^']+)'\)/g)) {
      const isGroup = new RegExp(`\\('${name.replaceAll(/[^\w ]/g, '\\$&')}'\\)\\.`).test(text);
      if (kind === 'variables') variables[name] = isGroup ? {} : 'text';
      else parameters[name] ??= { type: isGroup ? 'secureObject' : 'securestring' };
    }
  });
  for (const resource of copy.resources as Record<string, unknown>[])
    if (resource.type === 'Microsoft.Logic/workflows') resource.location = '[resourceGroup().location]';
  return {
    ...copy,
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(Object.keys(variables).length > 0 && { variables }),
  };
}
