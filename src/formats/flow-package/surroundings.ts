import type { Surroundings } from '../../definition/surroundings.ts';
import type { WriteInput } from '../format.ts';
import { connectorsOf } from '../power-automate/connectors.ts';
import { packageIds } from '../power-automate/ids.ts';

/** What the package says around its flow. */
export function surroundings(input: WriteInput): Surroundings {
  return { name: input.workflow.name, connectionReferences: connectionReferencesOf(input) };
}

/** A flow without a solution names connections; the import puts in those that the person picks. */
export function connectionReferencesOf({ spec, environment, definition }: WriteInput) {
  const newId = packageIds(spec, environment);
  const references = connectorsOf(definition).map(({ key, name, id }) => [
    key,
    {
      connectionName: `${name.replaceAll('_', '-').slice(0, 20)}-${newId(`connection ${key}`)}`,
      source: 'Embedded',
      id,
      tier: 'NotSpecified',
      apiName: name.replace(/^shared_/, ''),
      isProcessSimpleApiReferenceConversionAlreadyDone: false,
    },
  ]);
  return Object.fromEntries(references);
}
