import type { Command } from 'commander';
import { aimsOf, type SetupAims } from '../../setup/aims.ts';
import type { ScriptKind } from '../../setup/guide/guide.ts';
import { guide, setupScript } from '../../setup/guide/guide.ts';
import { chooseEnvironment } from '../../spec/choose-environment.ts';
import { isDeveloperMachine } from '../../spec/developer-machine.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { readSpecs, specsArgument } from '../read-specs.ts';
import { addTextOut, giveText, type TextOutOptions } from '../text-out.ts';
import { specPicture } from '../workflow/spec-picture.ts';

interface Options extends TextOutOptions {
  environment?: string;
  script?: ScriptKind;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[specs...]', specsArgument, ['certflow.yaml'])
    .option('-e, --environment <name>', 'for which environment; needed where a spec has more than one')
    .addOption(command.createOption('--script <kind>', 'print the commands alone, as a script').choices(['az', 'powershell']))
    .option('--json', 'print the result as JSON');
  addTextOut(command).action(context.run((specs: string[], options: Options) => run(specs, options, context)));
  examples(command, [
    ['certflow guide --out SETUP.md', 'a page to follow, or to hand to an administrator'],
    ['certflow guide flows --out SETUP.md', 'one part for every spec in a folder'],
    ['certflow guide hr.yaml -e prod --script az --out setup.sh', 'the same as a script'],
  ]);
}

async function run(
  paths: readonly string[],
  { environment, script, ...options }: Options,
  { output }: CommandContext,
): Promise<ExitCode> {
  const kind = script ?? 'markdown';
  const guides = await Promise.all(
    readSpecs(paths, output).map(async (spec) => {
      const aim = aimsOf(spec, chooseEnvironment(spec, environment));
      const text = script === undefined ? guide(aim, await pictureFor(aim)) : setupScript(aim, script);
      return { spec: spec.name, file: spec.source.file, environment: aim.environment.name, text };
    }),
  );
  const [first] = guides;
  const about =
    guides.length === 1 ? { environment: first?.environment, kind } : { kind, guides: guides.map(({ text: _, ...one }) => one) };
  giveText(guides.map(({ text }) => text.trimEnd()).join('\n\n'), options, output, { about });
  return 0;
}

/** A developer's machine has no workflow, and a spec that lacks something none yet: the guide leads to it all the same. */
async function pictureFor({ spec, environment }: SetupAims): Promise<{ readonly picture?: string }> {
  if (isDeveloperMachine(environment)) return {};
  try {
    return { picture: (await specPicture(spec, environment.name || undefined)).mermaid };
  } catch (error) {
    if (error instanceof SpecError) return {};
    throw error;
  }
}
