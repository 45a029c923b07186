import type { Addition } from './addition.ts';

/** A command that reads a spec, and lists its environments. */
export function newCommand(name: string): Addition {
  if (name.includes('-')) throw new Error(`the command "${name}" is two words: certflow's commands are one`);
  const source = `src/cli/commands/${name}.ts`;
  const test = `test/cli/${name}.test.ts`;
  const page = `docs/commands/${name}.md`;
  const main = 'src/cli/main.ts';
  return {
    files: { [source]: command(name), [test]: commandTest(name), [page]: commandPage(name) },
    lists: [
      {
        path: main,
        after: /^const commands[\s\S]*?(?=^\];)/gm,
        line: `  { work: 'tools', name: '${name}', summary: '${summary}', load: () => import('./commands/${name}.ts') },\n`,
      },
      { path: 'README.md', after: /^- Make: .*(?:\n {2}.*)*/gm, line: `,\n  [${name}](${page})` },
    ],
    golden: [],
    next: [
      `In ${main}, say in one line of 55 characters what the command does, and put it with the work that it is for.`,
      `In ${source}, declare its arguments and options, and do it; a value that nobody may see goes to output.addSecret at once.`,
      `In ${test}, hold what it prints, and how it fails: npx vitest run ${test}`,
      `In ${page}, say what it is for; put its link in README.md among its like.`,
      'npm run golden, and read what it changed.',
    ],
  };
}

const summary = 'list the environments of a spec';

function command(name: string): string {
  return `import type { Command } from 'commander';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { readSpec } from '../read-spec.ts';

interface Options {
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[spec]', 'the spec', 'certflow.yaml')
    .option('--json', 'print the result as JSON')
    .action(context.run(async (spec: string, options: Options) => run(spec, options, context)));
  examples(command, [
    ['certflow ${name}', 'of the spec in this folder'],
    ['certflow ${name} hr.yaml --json', 'of another one, for a script'],
  ]);
}

function run(path: string, { json }: Options, { output }: CommandContext): ExitCode {
  const spec = readSpec(path, output);
  const environments = [...spec.environments.keys()];
  if (json) output.json({ environments, diagnostics: spec.notes });
  else {
    output.diagnostics(spec.notes);
    output.result(environments.join('\\n'));
  }
  return 0;
}
`;
}

function commandTest(name: string): string {
  return `import { expect, test } from 'vitest';
import { certflow } from './run.ts';

const spec = 'examples/sharepoint.certflow.yaml';

test('${name} says the result as text and as JSON', async () => {
  expect(await certflow('${name}', spec)).toEqual({ code: 0, stdout: 'dev\\nprod\\n', stderr: '' });
  expect(JSON.parse((await certflow('${name}', spec, '--json')).stdout)).toMatchObject({ environments: ['dev', 'prod'] });
});

test('${name} says of a spec that is not there where it looked', async () => {
  const { code, stderr } = await certflow('${name}', 'no-such-file.yaml');
  expect([code, stderr]).toEqual([2, expect.stringContaining('no-such-file.yaml')]);
});
`;
}

function commandPage(name: string): string {
  return `# certflow ${name}

Lists the environments of a spec, a line each.

<!-- begin help ${name} -->
<!-- end -->
`;
}
