import type { Command } from 'commander';
import { aimsOf } from '../../setup/aims.ts';
import type { ScriptKind } from '../../setup/guide/guide.ts';
import { guide, setupScript } from '../../setup/guide/guide.ts';
import { chooseEnvironment } from '../../spec/choose-environment.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { readSpec } from '../read-spec.ts';
import { addTextOut, giveText, type TextOutOptions } from '../text-out.ts';

interface Options extends TextOutOptions {
  environment?: string;
  script?: ScriptKind;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[spec]', 'the spec', 'certflow.yaml')
    .option('-e, --environment <name>', 'for which environment; needed where the spec has more than one')
    .addOption(command.createOption('--script <kind>', 'print the commands alone, as a script').choices(['az', 'powershell']))
    .option('--json', 'print the result as JSON');
  addTextOut(command).action(context.run((spec: string, options: Options) => run(spec, options, context)));
  examples(command, [
    ['certflow guide --out SETUP.md', 'a page to follow, or to hand to an administrator'],
    ['certflow guide hr.yaml -e prod --script az --out setup.sh', 'the same as a script'],
  ]);
}

async function run(path: string, { environment, script, ...options }: Options, { output }: CommandContext): Promise<ExitCode> {
  const spec = readSpec(path, output);
  const aim = aimsOf(spec, chooseEnvironment(spec, environment));
  const text = script === undefined ? guide(aim) : setupScript(aim, script);
  giveText(text, options, output, { about: { environment: aim.environment.name, kind: script ?? 'markdown' } });
  return 0;
}
