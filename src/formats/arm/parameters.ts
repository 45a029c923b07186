import type { JsonObject } from '../../definition/definition.ts';
import type { TemplateParameter } from '../template-parameter.ts';
import { escapeArm } from './escape.ts';

/** The parameters of a template, as it declares them. */
export function armDeclarations(parameters: readonly TemplateParameter[]): JsonObject {
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, declaration(parameter)]));
}

function declaration({ type, description, allowed, default: fallback }: TemplateParameter): JsonObject {
  return {
    type,
    ...(fallback === undefined ? {} : { defaultValue: fallback }),
    ...(allowed && { allowedValues: [...allowed] }),
    metadata: { description: escapeArm(description) },
  };
}

/** The parameters file of an environment. What stands in it is never an expression. */
export function armParameters(parameters: readonly TemplateParameter[]): JsonObject {
  const given = parameters.flatMap(({ name, value }) => (value === undefined ? [] : [[name, { value }] as const]));
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
    contentVersion: '1.0.0.0',
    parameters: Object.fromEntries(given) as JsonObject,
  };
}
