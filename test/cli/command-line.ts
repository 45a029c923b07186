import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { addSubcommands, type CommandContext, type CommandModule } from '../../src/cli/command.ts';
import { operandsFirst } from '../../src/cli/operands-first.ts';
import { Output } from '../../src/cli/output.ts';

const modules: { name: string; summary: string; configure: CommandModule['configure'] }[] = [];
const folder = new URL('../../src/cli/commands/', import.meta.url);
for (const path of globSync('*.ts', { cwd: fileURLToPath(folder) })) {
  const { href } = new URL(path, folder);
  const { configure }: CommandModule = await import(href);
  modules.push({ name: basename(path, '.ts'), summary: '', configure });
}

/** All commands, of which none does anything: each tells `called` what it was given. */
function program(called: (given: unknown[]) => void): Command {
  const silent = { write: () => true, isTTY: false };
  const context: CommandContext = {
    output: new Output({ stdout: silent, stderr: silent, env: {} }),
    env: {},
    run:
      () =>
      async (...given) =>
        called(given),
  };
  const made = new Command('certflow').exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
  addSubcommands(made, context, modules);
  return made;
}

/** Every command that can be called, such as `cert create`. */
export function commandsOf(
  command: Command = program(() => {}),
  path: readonly string[] = [],
): { path: string; command: Command }[] {
  if (command.commands.length === 0) return [{ path: path.join(' '), command }];
  return command.commands.flatMap((one) => commandsOf(one, [...path, one.name()]));
}

/** What a command would be given by a command line: its arguments and its options. Throws the parser's error. */
export async function parsed(words: readonly string[]): Promise<{ operands: unknown[]; options: Record<string, unknown> }> {
  let given: unknown[] | undefined;
  const made = program((values) => {
    given = values;
  });
  await made.parseAsync(operandsFirst(made, words), { from: 'user' });
  if (!given) throw new Error(`certflow ${words.join(' ')} calls no command`);
  return { operands: given.slice(0, -2), options: given.at(-2) as Record<string, unknown> };
}
