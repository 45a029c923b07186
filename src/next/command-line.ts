import type { Call } from './call.ts';
import { takes } from './takes.ts';

/**
 * A certflow command that runs as it stands, in bash, zsh and PowerShell: `certflow setup hr.yaml -e dev --only entra`. What `call` says is
 * added as far as the command takes it and `options`, which are its arguments and options, do not say it.
 */
export function certflow(call: Call, command: string, ...options: readonly string[]): string {
  const { program = ['certflow'], specs = [], environments = [], target, cloud = [] } = call;
  const taken = takes[command];
  const start = options.findIndex((word) => word.startsWith('-'));
  const operands = start === -1 ? options : options.slice(0, start);
  const rest = start === -1 ? [] : options.slice(start);
  const words = [...program, ...command.split(' ')];
  if (!taken) return commandOf(...words, ...options);
  const { before = [] } = taken;
  const named = operands.slice(before.length).filter((word) => word !== '<spec>');
  return commandOf(
    ...words,
    ...before.map((usual, index) => operands[index] ?? usual),
    ...(named.length > 0 ? named : specWords(specs, taken.specs)),
    ...(has(rest, '-e', '--environment') ? [] : environmentWords(environments, taken.environments)),
    ...(taken.target && target !== undefined && !has(rest, '-t', '--target') ? ['--target', target] : []),
    ...rest,
    ...(taken.cloud ? cloud.filter(([flag = '']) => !has(rest, flag)).flat() : []),
  );
}

/** Words as bash, zsh and PowerShell take them; what stands for something, such as `<file>`, stays. */
export function commandOf(...words: readonly string[]): string {
  return words.map(wordOf).join(' ');
}

function wordOf(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word) || /^<[\w -]+>$|^[\w-]+=<[\w -]+>$/.test(word)) return word;
  // Within double quotes bash looks for these, and PowerShell for some of them. Other backslashes are those of a path of Windows.
  return /[$`!]|\\(?:[\\"]|$)/.test(word) ? `'${word.replaceAll("'", `'\\''`)}'` : `"${word.replaceAll('"', '\\"')}"`;
}

function specWords(specs: readonly string[], takesThem: 'one' | 'several'): readonly string[] {
  if (specs.length > 1 && takesThem === 'one') return ['<spec>'];
  // A name that begins with a dash would be taken for an option.
  return specs.map((spec) => (spec.startsWith('-') ? `./${spec}` : spec));
}

function environmentWords(names: readonly string[], takesThem: 'one' | 'several' | undefined): readonly string[] {
  if (takesThem === undefined || names.length === 0) return [];
  return ['-e', ...(names.length > 1 && takesThem === 'one' ? ['<environment>'] : names)];
}

function has(words: readonly string[], ...flags: readonly string[]): boolean {
  return words.some((word) => flags.some((flag) => word === flag || word.startsWith(`${flag}=`)));
}
