import { dirname, relative, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type PipelineHost, pipelineFile } from '../../deploy/pipeline.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { readSpecs, specsArgument } from '../read-specs.ts';
import { writeFiles } from '../write-files.ts';

interface Options {
  for: PipelineHost;
  out: string;
  branch: string;
  dryRun?: true;
  force?: true;
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[specs...]', specsArgument, ['certflow.yaml'])
    .addOption(new Option('--for <host>', 'where the pipeline runs').choices(['github', 'azure-devops']).makeOptionMandatory())
    .option('-o, --out <folder>', 'the root of the repository', '.')
    .option('--branch <name>', 'deploy what comes to this branch', 'main')
    .option('--dry-run', 'say what would be written, and write nothing')
    .option('--force', 'write over a file that certflow did not write')
    .option('--json', 'print the result as JSON')
    .action(context.run((specs: string[], options: Options) => run(specs, options, context)));
  examples(command, [
    ['certflow pipeline --for github', '.github/workflows/deploy-<name>.yml for certflow.yaml'],
    ['certflow pipeline flows --for github', 'one for every spec in a folder'],
    ['certflow pipeline flows/hr.yaml --for azure-devops', 'azure-pipelines-<name>.yml'],
  ]);
}

async function run(paths: readonly string[], options: Options, { output }: CommandContext): Promise<ExitCode> {
  const specs = readSpecs(paths, output);
  const files = specs.map((spec) => {
    const { file } = spec.source;
    const specPath = relative(resolve(options.out), resolve(file)).replaceAll('\\', '/');
    if (specPath.startsWith('../') || specPath.includes(':'))
      throw new UsageError(
        `${file} is outside ${resolve(options.out)}: name the root of the repository with --out. Its folder is ${dirname(resolve(file))}.`,
      );
    return pipelineFile(spec, { host: options.for, specPath, branch: options.branch });
  });
  const twice = files.findIndex(({ path }, index) => files.findIndex((one) => one.path === path) < index);
  if (twice !== -1)
    throw new UsageError(
      `Two specs are named ${specs[twice]?.name}, and would have one pipeline: give one of them another name.`,
    );
  const results = writeFiles(options.out, files, options);
  if (options.json) output.json({ folder: options.out, dryRun: options.dryRun === true, files: results });
  else {
    output.result(results.map(({ path, status }) => `${status.padEnd(9)}  ${path}`));
    output.note(
      options.for === 'github'
        ? 'Once: environments with their reviewers, AZURE_CLIENT_ID and AZURE_TENANT_ID in each, and a federated credential for each. See docs/commands/pipeline.md.'
        : 'Once: service connections with workload identity federation, and environments with their approvals. See docs/commands/pipeline.md.',
    );
  }
  return 0;
}
