import { zip } from '../../document/zip.ts';
import type { Environment, Spec } from '../../spec/spec.ts';
import type { Dialect } from '../../workflow/dialect.ts';
import { powerAutomate } from '../../workflow/dialects/power-automate.ts';
import { parameterValues } from '../../workflow/parameter-values.ts';
import type { GeneratedFile, Package, PackOptions, WriteInput } from '../format.ts';
import { importGuide } from '../power-automate/import-guide.ts';
import { solutionTarget } from '../power-automate/target.ts';
import { toJson } from '../writing/json.ts';
import { solutionOf } from './from-workflow.ts';
import type { Layout } from './layout.ts';
import type { Solution } from './model.ts';
import { variableName } from './variables.ts';
import { writeFiles } from './write-files.ts';

export { surroundings } from './surroundings.ts';

/** Parameters are environment variables. */
export function dialect(spec: Spec, environment: Environment): Dialect {
  const { publisher } = solutionTarget(spec, environment);
  const nameOf = (name: string) => variableName(publisher.prefix, spec, name);
  return powerAutomate(
    {
      parameterName: (name) => nameOf(name).parameterName,
      // Exports have a copy of the value in defaultValue; the one that counts is the variable's.
      declaration: ({ name, meaning }) => ({
        defaultValue: '',
        type: 'String',
        metadata: { schemaName: nameOf(name).schemaName, description: meaning },
      }),
    },
    environment.targets.powerAutomate?.callers,
  );
}

/**
 * The solution as both zips and as the sources of both; the values of the environment, for the tools that import; and how to
 * import it by hand. Shapes: docs/facts/solution.md.
 */
export function write(input: WriteInput): GeneratedFile[] {
  const values = parameterValues(input.spec, input.environment, input.workflow);
  const solution = solutionOf(input, input.withValues ? values : undefined);
  const settings = `deploymentSettings${input.environment.name === '' ? '' : `.${input.environment.name}`}.json`;
  return [
    pack(input, { managed: false }),
    pack(input, { managed: true }),
    ...filesOf(input, solution, 'sources', '2').map(({ path, contents }) => ({ path: `source/${path}`, contents })),
    { path: settings, contents: toJson(deploymentSettings(input, solution, values)) },
    { path: 'IMPORT.md', contents: importGuide(input, { solution, values, settings }) },
  ];
}

/** The zip alone. The managed one differs in one word: docs/facts/solution.md#files. */
export function pack(input: WriteInput, { managed }: PackOptions): Package {
  const values = input.withValues ? parameterValues(input.spec, input.environment, input.workflow) : undefined;
  const solution = solutionOf(input, values);
  return {
    path: `${solution.manifest.uniqueName}${managed ? '_managed' : ''}.zip`,
    contents: zip(filesOf(input, solution, 'zip', managed ? '1' : '0')),
  };
}

function filesOf({ spec, environment }: WriteInput, solution: Solution, layout: Layout, managed: string): GeneratedFile[] {
  const { language } = solutionTarget(spec, environment);
  return writeFiles({ ...solution, manifest: { ...solution.manifest, managed } }, { layout, language });
}

/**
 * What `pac solution import --settings-file` and Microsoft's pipelines take: values, and for each connection reference the id of a
 * connection, which only the person knows who made it. Shape: docs/facts/solution.md#environment-variables.
 */
function deploymentSettings(
  { workflow }: WriteInput,
  { variables, connectionReferences }: Solution,
  values: Readonly<Record<string, string>>,
) {
  return {
    EnvironmentVariables: variables.map(({ schemaName }, index) => ({
      SchemaName: schemaName,
      Value: values[workflow.parameters[index]?.name ?? ''] ?? '',
    })),
    ConnectionReferences: connectionReferences.map(({ logicalName, connectorId }) => ({
      LogicalName: logicalName,
      ConnectionId: '',
      ConnectorId: connectorId,
    })),
  };
}
