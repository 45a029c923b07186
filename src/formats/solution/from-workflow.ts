import type { WriteInput } from '../format.ts';
import { type Connector, connectorsOf } from '../power-automate/connectors.ts';
import { flowDefinition } from '../power-automate/flow-definition.ts';
import { packageIds } from '../power-automate/ids.ts';
import { type SolutionTarget, solutionTarget } from '../power-automate/target.ts';
import type { ConnectionReference, Flow, Solution, Variable } from './model.ts';
import { checkVariableNames, variableName } from './variables.ts';

/**
 * The solution that a workflow becomes. `values` are those of its parameters, by name, where the solution is to bring them along.
 * Throws a SpecError where the spec lacks what a solution needs.
 */
export function solutionOf(input: WriteInput, values?: Readonly<Record<string, string>>): Solution {
  const { spec, environment, workflow } = input;
  const target = solutionTarget(spec, environment);
  checkVariableNames(spec, environment, target.publisher.prefix, workflow);
  const references = connectionReferencesOf(input, target);
  const flow = flowOf(input, target, references);
  const variables = workflow.parameters.map(({ name, meaning }): Variable => {
    const { schemaName, displayName } = variableName(target.publisher.prefix, spec, name);
    return {
      schemaName,
      displayName,
      displayLabel: displayName,
      description: meaning,
      descriptionLabel: meaning,
      introducedVersion: firstVersion,
      type: textType,
      ...(values?.[name] === undefined ? {} : { value: values[name] }),
    };
  });
  return {
    manifest: {
      uniqueName: target.uniqueName,
      displayName: target.uniqueName,
      ...(workflow.description ? { description: workflow.description } : {}),
      version: target.version,
      managed: '0',
      publisher: target.publisher.name,
      publisherDisplayName: target.publisher.name,
      prefix: target.publisher.prefix,
      optionValuePrefix: String(target.publisher.optionValuePrefix),
    },
    components: [
      { type: '29', id: flow.id },
      ...(target.declareVariables ? variables.map(({ schemaName }) => ({ type: '380', schemaName })) : []),
    ],
    flows: [flow],
    connectionReferences: references.map(({ reference }) => reference),
    variables,
  };
}

/** Of components that a solution brings: it stays theirs when the solution's own goes up. */
const firstVersion = '1.0.0.0';
const textType = '100000000';

/** A connector, and the connection reference by which the flow reaches it. */
export interface ConnectorReference {
  readonly connector: Connector;
  readonly reference: ConnectionReference;
}

export function connectionReferencesOf(
  { spec, environment, definition }: WriteInput,
  { publisher }: SolutionTarget,
): ConnectorReference[] {
  const id = packageIds(spec, environment);
  return connectorsOf(definition).map((connector) => {
    // The form of names that the designer gives: docs/facts/solution.md#customizations.
    const suffix = id(`connection reference ${connector.key}`).slice(0, 5);
    return {
      connector,
      reference: {
        logicalName: `${publisher.prefix}_${connector.name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase()}_${suffix}`,
        displayName: `${connector.displayName} ${spec.name}-${suffix}`,
        connectorId: connector.id,
      },
    };
  });
}

function flowOf(input: WriteInput, { turnedOn }: SolutionTarget, references: readonly ConnectorReference[]): Flow {
  const { spec, environment, workflow, definition } = input;
  const id = packageIds(spec, environment)('flow');
  const connectionReferences = references.map(({ connector: { key, name }, reference: { logicalName } }) => [
    key,
    { api: { name }, connection: { connectionReferenceLogicalName: logicalName }, runtimeSource: 'embedded' },
  ]);
  return {
    id: `{${id}}`,
    name: workflow.name,
    localizedName: workflow.name,
    ...(workflow.description ? { description: workflow.description, localizedDescription: workflow.description } : {}),
    file: `/Workflows/${fileName(workflow.name, id)}`,
    ...(turnedOn ? { state: '1', status: '2' } : { state: '0', status: '1' }),
    introducedVersion: firstVersion,
    connectionReferences: Object.fromEntries(connectionReferences),
    definition: { ...flowDefinition(definition) },
  };
}

/** The rule that all real exports keep: docs/facts/solution.md#files. */
function fileName(name: string, id: string): string {
  return `${name.replaceAll(/[^\w-]/g, '').slice(0, 50)}-${id.toUpperCase()}.json`;
}
