import { join } from 'node:path';
import type { Command } from 'commander';
import { RefusedError, UsageError } from '../../diagnostics/errors.ts';
import { isThere } from '../../disk/kind.ts';
import { placeOf } from '../../disk/place.ts';
import { replaceFile } from '../../disk/write.ts';
import gitignore from '../../generated/templates/init/gitignore.js';
import { nextText } from '../../next/next-steps.ts';
import { chooseEnvironment } from '../../spec/choose-environment.ts';
import { parseSpec } from '../../spec/parse.ts';
import { render } from '../../text/render.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { type Answers, initSignIns, initTargets, type Kind, questions, recipeNames } from '../init/questions.ts';
import { remarkOn, rightForm, saidAlong } from '../init/right-form.ts';
import { specText } from '../init/spec-text.ts';
import { keyFiles, notIgnored } from '../keys-out-of-git.ts';
import { stepsAfter } from '../next.ts';
import type { Output } from '../output.ts';
import { schemaText } from './schema.ts';

type Options = Partial<Answers & Kind> & { yes?: true; json?: true };

const specName = 'certflow.yaml';

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[folder]', 'where to write it', '.')
    .addOption(command.createOption('-t, --target <name>', 'where it runs').choices(initTargets))
    .addOption(command.createOption('-r, --recipe <name>', 'which API is called').choices(recipeNames))
    .addOption(
      command
        .createOption('--sign-in <how>', 'with a certificate (entra, the default), or with the managed identity')
        .choices(initSignIns),
    );
  for (const { flag, value, question } of questions)
    command.option(`--${flag} <${value}>`, question[0]?.toLowerCase() + question.slice(1));
  command
    .option('-y, --yes', 'ask nothing; what no option says gets an example value')
    .option('--json', 'print the result as JSON')
    .action(context.run((folder: string, options: Options) => run(folder, options, context)));
  examples(command, [
    ['certflow init', 'asks what it needs to know'],
    ['certflow init flows/hr --target standard', 'asks the rest'],
    ['certflow init --yes --recipe graph --tenant-id contoso.onmicrosoft.com', 'asks nothing'],
    ['certflow init --sign-in managedIdentity', 'signs in with the identity of the Logic App'],
  ]);
}

async function run(folder: string, options: Options, { output }: CommandContext): Promise<ExitCode> {
  const path = join(folder, specName);
  if (isThere(path))
    throw new RefusedError(`${path} is there already. Nothing was written. Name another folder: "certflow init <folder>"`);
  placeOf(path, folder);
  const isAsking = !options.yes && !options.json;
  if (isAsking && !process.stdin.isTTY)
    throw new UsageError(
      'certflow init asks questions, and there is no terminal to ask on. Add --yes and give the answers as options: "certflow init --help" lists them.',
    );
  const given = inRightForm(options, output);
  const answers = isAsking ? await (await import('../init/ask.ts')).ask(given) : given;
  const { recipe = 'sharepoint', target = 'consumption', signIn = 'entra' } = answers;
  if (signIn === 'managedIdentity' && target === 'power-automate') throw noIdentityInFlows();
  const { text, examples } = specText(answers, { recipe, target, signIn });
  // No key is ever a file where nothing signs in with one.
  const secretFiles = signIn === 'managedIdentity' ? [] : keyFiles;
  // What the answers make must be a spec: a wrong tenant or address is told now, not at the first generate.
  const spec = parseSpec(text, { file: path });

  const files = [
    { name: specName, contents: text },
    { name: 'certflow.schema.json', contents: schemaText },
    { name: '.gitignore', contents: render(gitignore, { keyFiles: secretFiles }) },
  ];
  const results = files.map(({ name, contents }) => {
    const path = join(folder, name);
    if (isThere(path)) return { path, status: 'kept' };
    replaceFile(path, contents);
    return { path, status: 'created' };
  });
  const marked = examples.map(({ key }) => key);
  const next = output.concerning({ specs: [path] }, () =>
    stepsAfter({ spec, environment: chooseEnvironment(spec, undefined) }, { done: 'written' }, output),
  );
  if (options.json) output.json({ files: results, examples: marked, next: next.map(({ command }) => command) });
  else {
    output.result(results.map(({ path, status }) => `${status}  ${path}`));
    const missing = notIgnored(folder, ['out/', ...secretFiles]);
    if (missing.length > 0) output.note(`Your .gitignore was kept as it is. It should name ${missing.join(', ')} too.`);
    if (marked.length > 0) output.note(`Write your own for the examples in ${path}: ${marked.join(', ')}.`);
    output.note(nextText(next));
  }
  return 0;
}

function noIdentityInFlows(): UsageError {
  return new UsageError(
    'Power Automate has no managed identity: leave --sign-in out, or name another --target, such as consumption.',
  );
}

/** What options say, in the form that a spec takes. */
function inRightForm(options: Options, output: Output): Options {
  const answers: Partial<Record<keyof Answers, string>> = {};
  for (const { key } of questions) {
    const given = options[key];
    if (given === undefined) continue;
    answers[key] = rightForm(key, given);
    for (const [other, said] of Object.entries(saidAlong(key, given))) answers[other as keyof Answers] ??= said;
    const remark = remarkOn(key, given, answers[key]);
    if (remark !== undefined && !options.json) output.note([remark]);
  }
  const { recipe, target, signIn } = options;
  return { ...answers, ...(recipe && { recipe }), ...(target && { target }), ...(signIn && { signIn }) };
}
