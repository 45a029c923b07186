import { Command, CommanderError } from 'commander';
import { version } from '../generated/version.ts';
import type { CommandContext, CommandModule, ExitCode } from './command.ts';
import { explain } from './explain-error.ts';
import { operandsFirst } from './operands-first.ts';
import { Output, type Terminal } from './output.ts';

/** Every command, in the order of the work. Its module is loaded only when it is called. */
const commands: readonly { name: string; summary: string; load: () => Promise<CommandModule> }[] = [
  { name: 'init', summary: 'write a first certflow.yaml', load: () => import('./commands/init.ts') },
  {
    name: 'setup',
    summary: 'make what a workflow needs: vault, certificate, app registration, rights',
    load: () => import('./commands/setup.ts'),
  },
  {
    name: 'guide',
    summary: 'write the whole way from nothing to a working workflow, for doing it by hand',
    load: () => import('./commands/guide.ts'),
  },
  { name: 'cert', summary: 'make, convert, inspect and rotate certificates', load: () => import('./commands/cert.ts') },
  { name: 'generate', summary: 'make the files of a workflow from certflow.yaml', load: () => import('./commands/generate.ts') },
  {
    name: 'export',
    summary: 'make the one zip that is imported or deployed',
    load: () => import('./commands/export.ts'),
  },
  { name: 'snippet', summary: 'print code that signs in with the certificate', load: () => import('./commands/snippet.ts') },
  {
    name: 'check',
    summary: 'say what Azure would refuse in workflows, and where secrets leak',
    load: () => import('./commands/check.ts'),
  },
  { name: 'test', summary: 'test workflows without a cloud, case by case', load: () => import('./commands/test.ts') },
  {
    name: 'simulate',
    summary: 'run a workflow once, without a cloud, and show what it does',
    load: () => import('./commands/simulate.ts'),
  },
  { name: 'rules', summary: 'list what is checked', load: () => import('./commands/rules.ts') },
  { name: 'picture', summary: 'draw a workflow, as SVG or for Markdown', load: () => import('./commands/picture.ts') },
  { name: 'explain', summary: 'tell what a rule, or a code of Azure, means', load: () => import('./commands/explain.ts') },
  { name: 'deploy', summary: 'deploy a workflow to Azure, and prove that it works', load: () => import('./commands/deploy.ts') },
  { name: 'status', summary: 'say whether a deployed workflow can work', load: () => import('./commands/status.ts') },
  {
    name: 'doctor',
    summary: 'find what keeps a workflow from signing in, link by link',
    load: () => import('./commands/doctor.ts'),
  },
  { name: 'runs', summary: 'list, show, cancel and repeat runs', load: () => import('./commands/runs.ts') },
  { name: 'destroy', summary: 'remove a deployed workflow; the vault stays', load: () => import('./commands/destroy.ts') },
  {
    name: 'pipeline',
    summary: 'write a pipeline that plans, asks for approval and deploys',
    load: () => import('./commands/pipeline.ts'),
  },
  {
    name: 'emulator',
    summary: 'run a loopback Azure, to try everything without a tenant',
    load: () => import('./commands/emulator.ts'),
  },
  {
    name: 'schema',
    summary: 'print the JSON Schema of certflow.yaml, of test files, or of workflow definitions',
    load: () => import('./commands/schema.ts'),
  },
];

/** Runs the command line and gives the exit code. Never throws. `started`: how it was loaded, which --debug tells. */
export async function main(args: readonly string[], terminal: Terminal, started?: string): Promise<ExitCode> {
  const output = new Output(terminal);
  const isDebugging = args.includes('--debug');
  if (isDebugging && started !== undefined) output.note(started);
  let exitCode: ExitCode = 0;
  const context: CommandContext = {
    output,
    env: terminal.env,
    run:
      (action) =>
      async (...given) => {
        exitCode = await action(...given);
      },
  };
  try {
    const program = createProgram(terminal, output);
    await addCommands(program, args, context);
    await program.parseAsync(operandsFirst(program, args), { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has said what was wrong; with --help it "fails" with code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return explain(error, output, { json: args.includes('--json'), isDebugging });
  }
}

function createProgram({ stdout, stderr }: Terminal, output: Output): Command {
  return new Command('certflow')
    .description(
      'Calls Entra ID protected APIs from Logic Apps and Power Automate with a certificate: one file in, a checked workflow out.',
    )
    .version(version)
    .option('--debug', 'show where an unexpected error came from')
    .showHelpAfterError('(certflow --help lists what there is)')
    .configureOutput({
      writeOut: (text) => output.write('stdout', text),
      writeErr: (text) => output.write('stderr', text),
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride()
    .addHelpText(
      'after',
      '\nDocumentation: docs/ in the repository, one page per command. Exit codes: 0 fine, 1 problems found, 2 wrong use, 3 (only with --exit-code) a plan with changes.',
    );
}

async function addCommands(program: Command, args: readonly string[], context: CommandContext) {
  const isCompleting = args[0] === 'complete';
  for (const { name, summary, load } of commands) {
    const command = program
      .command(name)
      .summary(summary)
      .description(summary)
      .option('--debug', 'show where an unexpected error came from');
    if (isCompleting || args.includes(name)) (await load()).configure(command, context);
  }
  if (isCompleting) (await import('./complete.ts')).addCompletion(program);
  else program.command('complete').summary('print the script that completes certflow in bash, zsh, fish or PowerShell');
}
