import { clouds } from '../cloud/clouds.ts';
import { UsageError } from '../diagnostics/errors.ts';
import { quote } from '../diagnostics/words.ts';
import type { GeneratedFile } from '../formats/format.ts';
import azureDevOps from '../generated/templates/pipeline/azure-devops.yml.js';
import github from '../generated/templates/pipeline/github.yml.js';
import { consumptionPlace } from '../infrastructure/consumption/place.ts';
import { environmentsInAzure } from '../spec/developer-machine.ts';
import type { Spec } from '../spec/spec.ts';
import { render } from '../text/render.ts';

export type PipelineHost = 'github' | 'azure-devops';

export interface PipelineOptions {
  readonly host: PipelineHost;
  /** Path of the spec in the repository, with `/`. */
  readonly specPath: string;
  /** Deployments happen from here. */
  readonly branch: string;
}

/**
 * What a host would evaluate, in expressions and variables, in patterns of branches and paths, and in the shell. Sources: GitHub's "Workflow syntax",
 * filter pattern cheat sheet (`*`, `?`, `+`, `[]`, `!`); Microsoft's "YAML schema, trigger" (`*`, `?`).
 */
const evaluated: Readonly<Record<PipelineHost, RegExp>> = {
  github: /\$[{(]|[\p{Cc}'"*?+![\]\\]/u,
  'azure-devops': /\$[{([]|[\p{Cc}'"*?[\]\\]/u,
};

/**
 * The workflow that plans each pull request and deploys each push to a branch, to every environment of a spec but a developer's machine.
 * Throws a SpecError where an environment says not where it is, and a UsageError where there is none, or for a name that the host would
 * take for something else.
 */
export function pipelineFile(spec: Spec, { host: operations, specPath, branch: given }: PipelineOptions): GeneratedFile {
  const branch = given.replace(/^refs\/heads\//, '');
  for (const [text, what] of [
    [specPath, 'Rename the file or its folder.'],
    [branch, 'Name another branch with --branch.'],
  ] as const) {
    const found = evaluated[operations].exec(text)?.[0];
    if (found !== undefined)
      throw new UsageError(`${quote(text)} cannot stand in a pipeline: ${quote(found)} has a meaning of its own there. ${what}`);
  }
  const environments = environmentsInAzure(spec);
  if (environments.length === 0)
    throw new UsageError(
      `${spec.source.file} has no environment but a developer's machine, and nothing is deployed there: add one, such as dev: {}.`,
    );
  const path = operations === 'github' ? `.github/workflows/deploy-${spec.name}.yml` : `azure-pipelines-${spec.name}.yml`;
  const contents = render(operations === 'github' ? github : azureDevOps, {
    title: `Deploy ${spec.name}`,
    spec: specPath,
    own: path,
    branch,
    // Only the whole reference tells a branch from a tag, and from a branch whose name ends in the same.
    ref: `refs/heads/${branch}`,
    argument: specPath.startsWith('-') ? `./${specPath}` : specPath,
    targets: environments.map((environment) => ({
      name: environment.name === '' ? 'azure' : environment.name,
      environment: environment.name,
      subscription: consumptionPlace(spec, environment).subscription,
      cloud: clouds[environment.cloud].azureCliName.toLowerCase(),
      connection: `azure-${environment.name === '' ? spec.name : environment.name}`,
    })),
  });
  return { path, contents };
}
