import type { Surroundings } from '../../definition/surroundings.ts';
import type { WriteInput } from '../format.ts';
import { solutionOf } from './from-workflow.ts';

/** What the solution says around its flow, as a reader of it would find it. */
export function surroundings(input: WriteInput): Surroundings {
  const { flows, connectionReferences, variables } = solutionOf(input);
  const [flow] = flows;
  return {
    ...(flow && { name: flow.name, connectionReferences: flow.connectionReferences }),
    solutionReferences: Object.fromEntries(
      connectionReferences.map(({ logicalName, connectorId }) => [logicalName, connectorId]),
    ),
    environmentVariables: Object.fromEntries(
      variables.map(({ schemaName, displayName }) => [schemaName, { type: 'String', displayName }]),
    ),
  };
}
