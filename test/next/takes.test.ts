import { expect, test } from 'vitest';
import { takes } from '../../src/next/takes.ts';
import { commandsOf } from '../cli/command-line.ts';

/** These take more than one only to say why one is meant. */
const ofOne: ReadonlySet<string> = new Set(['cert rotate', 'snippet', 'runs show', 'runs cancel', 'runs resubmit']);

/** What a command declares, in the words of the table. */
function declared({ path, command }: ReturnType<typeof commandsOf>[number]) {
  const spec = command.registeredArguments.findIndex((argument) => /^(spec|path)s?$/.test(argument.name()));
  const environment = command.options.find(({ long }) => long === '--environment');
  const has = (flag: string) => command.options.some(({ long }) => long === flag);
  return {
    specs: command.registeredArguments[spec]?.variadic && !ofOne.has(path) ? 'several' : 'one',
    ...(environment ? { environments: environment.variadic ? 'several' : 'one' } : {}),
    ...(has('--target') ? { target: true } : {}),
    ...(has('--cloud-file') ? { cloud: true } : {}),
    ...(spec > 0 ? { before: ['latest'] } : {}),
  };
}

test('every command that takes a spec is known with what it takes', () => {
  const withSpec = commandsOf().filter(
    ({ path, command }) =>
      // These read other files as well, and say nothing of an environment.
      !/^(adopt|check|test|picture|simulate)$/.test(path) &&
      command.registeredArguments.some((argument) => /^(spec|path)s?$/.test(argument.name())),
  );
  const { runs, ...others } = takes;
  expect(Object.fromEntries(withSpec.map((one) => [one.path, declared(one)]))).toEqual(others);
  expect(runs).toEqual(takes['runs list']);
});
