import type { OpenedDefinition } from '../../formats/reading/opened-document.ts';
import { isObject, type JsonObject } from '../../json/json.ts';
import { keyNamed } from '../../json/member.ts';
import { pointerStep } from '../../json/pointer.ts';
import { consumption } from '../../workflow/dialects/consumption.ts';
import type { AdoptedDefinition } from '../definition.ts';
import { declaration, declarations, type Ground } from '../ground.ts';
import type { FileEdit } from '../plan.ts';

/** A definition of Logic Apps (Consumption) that stands alone: it declares its parameters with their values. */
export const definitionGround: Ground = {
  parameterName: (name) => name,
  getSecretType: 'ApiConnection',
  getSecret: consumptionSecret,
  around: (opened, adopted) => [...declared(opened, adopted), ...valuesBeside(opened, adopted.idleParameters)],
};

/** Get secret through the managed connector, over the connection that is there. */
export function consumptionSecret(name: string, host: unknown): JsonObject {
  const made = consumption.getSecret({ name });
  return isObject(host) ? { ...made, inputs: { ...made.inputs, host: host as JsonObject } } : { ...made };
}

/** The changes of the definition's own declarations. */
export function declared(
  opened: OpenedDefinition,
  { parameters, idleParameters, needsConnection }: AdoptedDefinition,
): FileEdit[] {
  const isThere = keyNamed(opened.definition.parameters, '$connections') !== undefined;
  const connections = needsConnection && !isThere ? Object.entries(consumption.standingParameters) : [];
  const added = [...connections, ...parameters.map(declaration)] as [string, JsonObject][];
  return declarations(opened, added, idleParameters).map((edit) => ({ file: opened.file, edit }));
}

/** Takes out the values of parameters that nothing declares any more, where they stand beside the definition. */
export function valuesBeside({ pointer, file, parameters, places }: OpenedDefinition, names: readonly string[]): FileEdit[] {
  const place = places?.parameters;
  const at = place?.pointer ?? `${pointer.slice(0, pointer.lastIndexOf('/'))}/parameters`;
  return names.flatMap((name): FileEdit[] => {
    const key = keyNamed(parameters, name);
    if (key === undefined || pointer === '') return [];
    return [{ file: place?.file ?? file, edit: { kind: 'remove', pointer: at + pointerStep(key) } }];
  });
}
