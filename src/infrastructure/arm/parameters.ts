import type { Json, JsonObject } from '../../json/json.ts';
import type { Module, Parameter } from '../model.ts';
import { escapeArm } from './escape.ts';

/** The parameters of a template, as it declares them. */
export function armDeclarations(parameters: readonly Parameter[]): JsonObject {
  return Object.fromEntries(
    parameters.map(({ name, type, description, allowed, default: fallback }) => [
      name,
      {
        type,
        ...(fallback === undefined ? {} : { defaultValue: fallback }),
        ...(allowed && { allowedValues: [...allowed] }),
        metadata: { description: escapeArm(description) },
      },
    ]),
  );
}

/** The parameters of a template inside another one, which are described where they are given. */
export function innerDeclarations({ parameters }: Module): JsonObject {
  return Object.fromEntries(parameters.map(({ name, type }) => [name, { type }]));
}

/** The values of an environment, as a deployment takes them. What stands in them is never an expression. */
export function armValues(parameters: readonly Parameter[]): Record<string, { value: Json }> {
  return Object.fromEntries(parameters.flatMap(({ name, value }) => (value === undefined ? [] : [[name, { value }] as const])));
}

/** The parameters file of an environment. */
export function armParameters(parameters: readonly Parameter[]): JsonObject {
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
    contentVersion: '1.0.0.0',
    parameters: armValues(parameters),
  };
}
