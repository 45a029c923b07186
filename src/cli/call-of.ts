import { relative } from 'node:path';
import type { Command } from 'commander';
import type { Call } from '../next/call.ts';
import { takes } from '../next/takes.ts';
import type { Terminal } from './output.ts';

/** Options that a command hands on to the next, since they say which cloud it is and who signs in. None of them holds a secret. */
const cloudOptions = [
  'tenant',
  'deviceCode',
  'servicePrincipal',
  'certificateFile',
  'certificatePasswordFile',
  'certificatePasswordStdin',
  'certificatePasswordEnv',
  'cloudFile',
  'caFile',
];

/** How a command was called, as far as other commands take the same. */
export function callOf(command: Command, program: readonly string[]): Call {
  const name = nameOf(command);
  if (!takes[name]) return { program };
  const options: Readonly<Record<string, unknown>> = command.opts();
  const { environment, target } = options;
  const place = command.registeredArguments.findIndex((argument) => /^(spec|path)s?$/.test(argument.name()));
  return {
    program,
    specs: toBeNamed(texts(command.processedArgs[place])),
    environments: texts(environment),
    ...(typeof target === 'string' ? { target } : {}),
    cloud: cloudOptions.flatMap((key) => {
      const flag = command.options.find((option) => option.attributeName() === key)?.long;
      const value = options[key];
      return flag && typeof value === 'string' ? [[flag, value]] : flag && value === true ? [[flag]] : [];
    }),
  };
}

/** Specs that a command has to name: it takes certflow.yaml where none is named. */
export function toBeNamed(specs: readonly string[]): readonly string[] {
  return specs.length === 1 && specs[0] === 'certflow.yaml' ? [] : specs;
}

/** `cert rotate`: without the program. */
function nameOf(command: Command): string {
  return command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}

function texts(value: unknown): string[] {
  return [value].flat().filter((one) => typeof one === 'string');
}

/**
 * What a person types to call certflow: `npx certflow` where npm has started it, as in a clone; and the file, where Node was given it.
 * A link that npm makes has no `.js`, and what stands for one on Windows calls a file in node_modules.
 */
export function programOf({ env, script = '' }: Terminal): readonly string[] {
  if (env.npm_command !== undefined) return ['npx', 'certflow'];
  const isFile = script.endsWith('.js') && !/[\\/]node_modules[\\/]/.test(script);
  return isFile ? ['node', relative('', script)] : ['certflow'];
}
