import type { Command, Option } from 'commander';
import { isThere } from '../disk/kind.ts';

/**
 * The words of a command line with those arguments taken out of an option's list of values that stand behind it, as `spec.yaml` in
 * `generate --format arm spec.yaml`: the parser would take every word up to the next option for one more value.
 */
export function operandsFirst(program: Command, words: readonly string[]): string[] {
  const { command, path, rest } = calledCommand(program, words);
  if (command.registeredArguments.length === 0) return [...words];
  const operands: string[] = [];
  const options: string[] = [];
  let lastOfList: { option: Option; index: number } | undefined;
  let index = 0;
  for (let word = rest[index]; word !== undefined && word !== '--'; word = rest[++index]) {
    (word.startsWith('-') ? options : operands).push(word);
    const option = optionOf(command, word);
    const first = rest[index + 1];
    // What follows an option that nobody knows may be its value, and a password: it is no argument, which messages would show.
    const mayTakeOne = option ? option.optional : word.startsWith('-') && !word.includes('=');
    const takesOne = option?.required || (mayTakeOne && first?.startsWith('-') === false);
    if (!takesOne || first === undefined) continue;
    const more = option?.variadic ? upToNextOption(rest, index + 2) : [];
    options.push(first);
    for (const value of more) {
      if (option && isValueOf(option, value, first)) lastOfList = { option, index: options.push(value) - 1 };
      else operands.push(value);
    }
    index += 1 + more.length;
  }
  const isMissing = operands.length < command.registeredArguments.filter(({ required }) => required).length;
  // Nothing tells the answer of a CA from the certificates of its chain but that a command without it is none.
  if (isMissing && lastOfList && !lastOfList.option.argChoices && isThere(options[lastOfList.index] ?? ''))
    operands.push(...options.splice(lastOfList.index, 1));
  return [...path, ...operands, ...options, ...rest.slice(index)];
}

/** The innermost command that is called, the words up to its name, and those after it. */
function calledCommand(program: Command, words: readonly string[]) {
  let command = program;
  let length = 0;
  for (const [index, word] of words.entries()) {
    const called = command.commands.find((one) => one.name() === word);
    if (called) [command, length] = [called, index + 1];
    else if (!word.startsWith('-')) break;
  }
  return { command, path: words.slice(0, length), rest: words.slice(length) };
}

/** The option that the next word belongs to: `-yf` is `-y` and `-f`. */
function optionOf({ options }: Command, word: string): Option | undefined {
  const named = (flag: string) => options.find(({ short, long }) => flag === short || flag === long);
  if (!/^-[a-z]{2,}$/i.test(word)) return named(word);
  const letters = [...word.slice(1)].map((letter) => named(`-${letter}`));
  return letters.slice(0, -1).some((one) => one === undefined || one.required) ? undefined : letters.at(-1);
}

function upToNextOption(words: readonly string[], start: number): readonly string[] {
  const length = words.slice(start).findIndex((word) => word.startsWith('-'));
  return length === -1 ? words.slice(start) : words.slice(start, start + length);
}

/** Whether a word belongs to the list. Names (of formats, environments, rules) have no dots and slashes, and paths of specs do. */
function isValueOf({ argChoices }: Option, word: string, first: string): boolean {
  const isPath = (text: string) => /[./\\]/.test(text);
  return argChoices ? argChoices.includes(word) || !isPath(word) : !isPath(word) || isPath(first);
}
