import { Command, CommanderError } from 'commander';
import { version } from '../generated/version.ts';
import { callOf, programOf } from './call-of.ts';
import type { CommandContext, CommandModule, ExitCode } from './command.ts';
import { explain } from './explain-error.ts';
import { overview, type Summary } from './help.ts';
import { operandsFirst } from './operands-first.ts';
import { Output, type RowsOfStreams, type Sink, type Terminal } from './output.ts';

/** Every command, in the order of the work. Its module is loaded only when it is called. */
const commands: readonly (Summary & { readonly load: () => Promise<CommandModule> })[] = [
  { work: 'begin', name: 'init', summary: 'write a first certflow.yaml', load: () => import('./commands/init.ts') },
  {
    work: 'begin',
    name: 'setup',
    summary: 'make vault, certificate and app registration',
    load: () => import('./commands/setup.ts'),
  },
  {
    work: 'begin',
    name: 'adopt',
    summary: 'give existing workflows a sign-in that lasts',
    load: () => import('./commands/adopt.ts'),
  },
  {
    work: 'begin',
    name: 'guide',
    summary: 'write all steps down, for doing them by hand',
    load: () => import('./commands/guide.ts'),
  },
  {
    work: 'begin',
    name: 'cert',
    summary: 'make, convert, inspect and rotate certificates',
    load: () => import('./commands/cert.ts'),
  },
  {
    work: 'make',
    name: 'generate',
    summary: 'make the files of a workflow from certflow.yaml',
    load: () => import('./commands/generate.ts'),
  },
  {
    work: 'make',
    name: 'export',
    summary: 'make the one zip that is imported or deployed',
    load: () => import('./commands/export.ts'),
  },
  {
    work: 'make',
    name: 'snippet',
    summary: 'print code that signs in with the certificate',
    load: () => import('./commands/snippet.ts'),
  },
  {
    work: 'make',
    name: 'picture',
    summary: 'draw a workflow, as SVG or for Markdown',
    load: () => import('./commands/picture.ts'),
  },
  {
    work: 'check',
    name: 'check',
    summary: 'say what Azure would refuse, and where secrets leak',
    load: () => import('./commands/check.ts'),
  },
  {
    work: 'check',
    name: 'test',
    summary: 'test workflows without a cloud, case by case',
    load: () => import('./commands/test.ts'),
  },
  {
    work: 'check',
    name: 'simulate',
    summary: 'run a workflow once, without a cloud, and show what it does',
    load: () => import('./commands/simulate.ts'),
  },
  { work: 'check', name: 'rules', summary: 'list what is checked', load: () => import('./commands/rules.ts') },
  {
    work: 'check',
    name: 'explain',
    summary: 'tell what a rule, or a code of Azure, means',
    load: () => import('./commands/explain.ts'),
  },
  {
    work: 'Azure',
    name: 'deploy',
    summary: 'deploy a workflow, and prove that it can sign in',
    load: () => import('./commands/deploy.ts'),
  },
  {
    work: 'Azure',
    name: 'status',
    summary: 'say whether a deployed workflow can work',
    load: () => import('./commands/status.ts'),
  },
  {
    work: 'Azure',
    name: 'doctor',
    summary: 'find what keeps a workflow from signing in, link by link',
    load: () => import('./commands/doctor.ts'),
  },
  { work: 'Azure', name: 'runs', summary: 'list, show, cancel and repeat runs', load: () => import('./commands/runs.ts') },
  {
    work: 'Azure',
    name: 'destroy',
    summary: 'remove a deployed workflow; the vault stays',
    load: () => import('./commands/destroy.ts'),
  },
  {
    work: 'Azure',
    name: 'pipeline',
    summary: 'write a pipeline that plans, asks and deploys',
    load: () => import('./commands/pipeline.ts'),
  },
  {
    work: 'Azure',
    name: 'emulator',
    summary: 'run a loopback Azure, to try it without a tenant',
    load: () => import('./commands/emulator.ts'),
  },
  {
    work: 'tools',
    name: 'schema',
    summary: 'print the JSON Schema of specs, of test files, or of definitions',
    load: () => import('./commands/schema.ts'),
  },
  {
    work: 'tools',
    name: 'lsp',
    summary: 'serve an editor: findings, mends and completion as you type',
    load: () => import('./commands/lsp.ts'),
  },
  {
    work: 'tools',
    name: 'mcp',
    summary: 'serve an agent: check, fix, adopt, simulate, as tools',
    load: () => import('./commands/mcp.ts'),
  },
];

/** Loaded otherwise: it needs all the others. */
const completion: Summary = {
  work: 'tools',
  name: 'complete',
  summary: 'print the script that completes certflow in bash, zsh, fish or PowerShell',
};

/** Runs the command line and gives the exit code. Never throws. `started`: how it was loaded, which --debug tells. */
export async function main(args: readonly string[], terminal: Terminal, started?: string): Promise<ExitCode> {
  const output = new Output(terminal, await rowsOfStreams(terminal));
  const isDebugging = args.includes('--debug');
  if (isDebugging && started !== undefined) output.note(started);
  let exitCode: ExitCode = 0;
  const context: CommandContext = {
    output,
    env: terminal.env,
    run:
      (action) =>
      async (...given) => {
        const command = given.at(-1);
        if (command instanceof Command) output.call = callOf(command, programOf(terminal));
        exitCode = await action(...given);
      },
  };
  const json = args.includes('--json');
  try {
    const program = createProgram(terminal, output, { json });
    await addCommands(program, args, context);
    await program.parseAsync(operandsFirst(program, args), { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has said what was wrong; with --help it "fails" with code 0.
    if (!(error instanceof CommanderError)) return explain(error, output, { json, isDebugging });
    if (error.exitCode === 0) return 0;
    if (json) output.json({ error: wordsOf(error) });
    return 2;
  }
}

/** What was wrong with the words of a command line. */
function wordsOf({ code, message }: CommanderError): string {
  return code === 'commander.help' ? 'No command was named: "certflow --help" lists them.' : message.replace(/^error: /, '');
}

/** How lines stand where a person looks; loaded for them alone. */
async function rowsOfStreams({ stdout, stderr }: Terminal): Promise<RowsOfStreams> {
  if (!stdout.columns && !stderr.columns) return {};
  const { rowsOf } = await import('./rows.ts');
  const of = ({ isTTY, columns }: Sink) => (isTTY && columns ? rowsOf(columns) : undefined);
  return { stdout: of(stdout), stderr: of(stderr) };
}

function createProgram({ stdout, stderr }: Terminal, output: Output, { json }: { json: boolean }): Command {
  const program = new Command('certflow');
  program.helpInformation = () => overview([...commands, completion]);
  return program
    .version(version)
    .option('--debug', 'show where an unexpected error came from')
    .showHelpAfterError('(certflow --help lists what there is)')
    .configureOutput({
      writeOut: (text) => output.write('stdout', text),
      // With --json the error is the result.
      writeErr: (text) => (json ? undefined : output.write('stderr', text)),
      getOutHelpWidth: () => stdout.columns ?? 80,
      getErrHelpWidth: () => stderr.columns ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride();
}

/** The words that call a command: `certflow cert create`. */
function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
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
    for (const one of [command, ...command.commands]) one.showHelpAfterError(`(${pathOf(one)} --help shows its options)`);
  }
  if (isCompleting) (await import('./complete.ts')).addCompletion(program);
  else program.command(completion.name).summary(completion.summary);
}
