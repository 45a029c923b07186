import type { Command } from 'commander';
import { type SnippetLanguage, snippetLanguages } from '../../snippet/languages.ts';
import { snippet } from '../../snippet/snippet.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { readOnlySpec } from '../read-specs.ts';
import { addTextOut, giveText, type TextOutOptions } from '../text-out.ts';

interface Options extends TextOutOptions {
  language: string;
  environment?: string;
  request?: string;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[spec...]', 'the spec, or a folder with it', ['certflow.yaml'])
    .requiredOption('-l, --language <name>', `in which language: ${snippetLanguages.join(', ')}`)
    .option('-e, --environment <name>', 'for which environment; needed where the spec has more than one')
    .option('-r, --request <name>', 'for the API of which request; needed where they call several')
    .option('--json', 'print the result as JSON');
  addTextOut(command).action(context.run((specs: string[], options: Options) => run(specs, options, context)));
  examples(command, [
    ['certflow snippet --language python --out sign_in.py', 'a program that gets a token'],
    ['certflow snippet --language http', 'the raw request, and what its assertion holds'],
    ['certflow snippet hr.yaml -e prod -l java', 'for an environment of another spec'],
  ]);
}

async function run(paths: readonly string[], options: Options, { output }: CommandContext): Promise<ExitCode> {
  const spec = readOnlySpec(paths, 'a snippet is one program', output);
  const text = snippet(spec, {
    language: options.language as SnippetLanguage,
    ...(options.environment === undefined ? {} : { environment: options.environment }),
    ...(options.request === undefined ? {} : { request: options.request }),
  });
  if (!options.json) output.diagnostics(spec.notes);
  giveText(text, options, output, { about: { language: options.language, diagnostics: spec.notes }, key: 'snippet' });
  return 0;
}
