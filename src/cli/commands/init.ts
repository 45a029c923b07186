import { join } from 'node:path';
import type { Command } from 'commander';
import { RefusedError, UsageError } from '../../diagnostics/errors.ts';
import { isThere } from '../../disk/kind.ts';
import { placeOf } from '../../disk/place.ts';
import { replaceFile } from '../../disk/write.ts';
import template from '../../generated/templates/init/certflow.yaml.js';
import gitignore from '../../generated/templates/init/gitignore.js';
import { parseSpec } from '../../spec/parse.ts';
import { render } from '../../text/render.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { type Answers, questions, type Recipe, recipeNames } from '../init-questions.ts';
import { keyFiles, notIgnored } from '../keys-out-of-git.ts';
import { schemaText } from './schema.ts';

type Options = Partial<Answers> & { recipe?: Recipe; yes?: true; json?: true };

const specName = 'certflow.yaml';

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[folder]', 'where to write it', '.')
    .addOption(command.createOption('-r, --recipe <name>', 'which API is called').choices(recipeNames));
  for (const { flag, value, question } of questions) command.option(`--${flag} <${value}>`, question.toLowerCase());
  command
    .option('-y, --yes', 'ask nothing; what no option says gets an example value')
    .option('--json', 'print the result as JSON')
    .action(context.run((folder: string, options: Options) => run(folder, options, context)));
  examples(command, [
    ['certflow init', 'asks what it needs to know'],
    ['certflow init flows/hr --recipe sharepoint', 'asks the rest'],
    ['certflow init --yes --recipe graph --tenant-id contoso.onmicrosoft.com', 'asks nothing'],
  ]);
}

async function run(folder: string, options: Options, { output }: CommandContext): Promise<ExitCode> {
  if (isThere(join(folder, specName)))
    throw new RefusedError(
      `${join(folder, specName)} is there already. Nothing was written. Name another folder: certflow init <folder>`,
    );
  placeOf(join(folder, specName), folder);
  const isAsking = !options.yes && !options.json;
  if (isAsking && !process.stdin.isTTY)
    throw new UsageError(
      'certflow init asks questions, and there is no terminal to ask on. Say --yes and give the answers as options (certflow init --help)',
    );
  const answers = isAsking ? await (await import('../ask.ts')).ask(options) : withExamples(options);
  const text = render(template, specValues(answers));
  // What the answers make must be a spec: a wrong tenant or address is told now, not at the first generate.
  parseSpec(text, { file: specName });

  const files = [
    { name: specName, contents: text },
    { name: 'certflow.schema.json', contents: schemaText },
    { name: '.gitignore', contents: render(gitignore, { keyFiles }) },
  ];
  const results = files.map(({ name, contents }) => {
    const path = join(folder, name);
    if (isThere(path)) return { path, status: 'kept' };
    replaceFile(path, contents);
    return { path, status: 'created' };
  });
  if (options.json) output.json({ files: results });
  else {
    output.result(results.map(({ path, status }) => `${status}  ${path}`));
    const missing = notIgnored(folder, ['out/', ...keyFiles]);
    if (missing.length > 0) output.note(`Your .gitignore was kept as it is. It should name ${missing.join(', ')} too.`);
    output.note(
      `Look through ${join(folder, specName)}, then: certflow generate${folder === '.' ? '' : ` ${join(folder, specName)}`}`,
    );
  }
  return 0;
}

function withExamples(options: Options): Answers & { recipe: Recipe } {
  const recipe = options.recipe ?? 'sharepoint';
  const filled = Object.fromEntries(questions.map(({ key, example }) => [key, options[key] ?? example(recipe)]));
  return { ...(filled as unknown as Answers), recipe };
}

function specValues({ recipe, ...answers }: Answers & { recipe: Recipe }) {
  const { url } = answers;
  const [site] = /^https:\/\/[^/]+(\/(sites|teams)\/[^/]+)?/i.exec(url) ?? [url];
  return {
    ...answers,
    site,
    description: {
      sharepoint: 'Reads the lists of a SharePoint site.',
      graph: 'Reads users from Microsoft Graph.',
      'custom-api': 'Calls an API of our own.',
    }[recipe],
    timeZone: 'UTC',
    sharepoint: recipe === 'sharepoint',
    graph: recipe === 'graph',
    customApi: recipe === 'custom-api',
  };
}
