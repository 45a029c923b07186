import { randomInt } from 'node:crypto';
import type { Command } from 'commander';
import { decodeText } from '../../certificate/text.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { readNamed, readStandardInput } from '../../disk/read.ts';
import type { CommandContext } from '../command.ts';
import { Revealed } from '../redactor.ts';
import { mostOfCertificates } from './new-files.ts';

/** Where a password comes from, as the options say it. It is never the value of an option: those stand in lists of processes. */
export interface PasswordOptions {
  passwordFile?: string;
  passwordStdin?: true;
  passwordEnv?: string;
  /** False after `--no-password`; a text after `--password`, which is refused. */
  password?: boolean | string;
  generatePassword?: true;
}

export interface Password {
  readonly value: string;
  /** To be shown, once, where it was made here. */
  readonly revealed?: Revealed;
}

const ways = '--password-file, --password-stdin or --password-env';

/** The options that name where a password is. `whose` ends the sentence: "the password of the PFX". */
export function addPasswordOptions(command: Command, whose: string, prefix: '' | 'new-' | 'certificate-' = '') {
  command
    .option(`--${prefix}password-file <file>`, `read ${whose} from a file; a line break at its end is not part of it`)
    .option(`--${prefix}password-stdin`, `read ${whose} from standard input`)
    .option(`--${prefix}password-env <name>`, `read ${whose} from a variable of the environment`)
    // Taken only to be refused with the reason, and without repeating the value.
    .addOption(command.createOption(`--${prefix}password [value]`).hideHelp());
}

/** The options for a password that is made, or is none at all. */
export function addNewPasswordOptions(command: Command, what: string, prefix: '' | 'new-' = '') {
  command
    .option('--generate-password', 'make a password, and show it once')
    .option(`--no-${prefix}password`, `write ${what} without a password`);
}

/** The options of a new password as those of a password. */
export function newPasswordOptions(options: {
  newPasswordFile?: string;
  newPasswordStdin?: true;
  newPasswordEnv?: string;
  newPassword?: boolean | string;
  generatePassword?: true;
}): PasswordOptions {
  const { newPasswordFile, newPasswordStdin, newPasswordEnv, newPassword, generatePassword } = options;
  return {
    ...(newPasswordFile === undefined ? {} : { passwordFile: newPasswordFile }),
    ...(newPasswordStdin === undefined ? {} : { passwordStdin: newPasswordStdin }),
    ...(newPasswordEnv === undefined ? {} : { passwordEnv: newPasswordEnv }),
    ...(newPassword === undefined ? {} : { password: newPassword }),
    ...(generatePassword === undefined ? {} : { generatePassword }),
  };
}

/**
 * The password that the options name; nothing where they name none. `''` is no password, asked for by name. Every value becomes
 * a secret of the output: to be called before anything that may print or fail.
 */
export function givenPassword(options: PasswordOptions, { output, env }: CommandContext): Password | undefined {
  if (typeof options.password === 'string') output.addSecret(options.password);
  if (typeof options.password === 'string' || options.password === true)
    throw new UsageError(
      `A password is never the value of an option, where every list of processes and every shell history shows it. Ways: ${ways}.`,
    );
  const named = [
    options.passwordFile !== undefined,
    options.passwordStdin,
    options.passwordEnv !== undefined,
    options.generatePassword,
    options.password === false,
  ].filter(Boolean).length;
  if (named === 0) return undefined;
  if (named > 1) throw new UsageError('The password comes from one place: name one of the options about it, not several.');
  if (options.password === false) return { value: '' };
  const value = options.generatePassword ? generate() : read(options, env);
  output.addSecret(value);
  return options.generatePassword ? { value, revealed: new Revealed(value) } : { value };
}

/** A new password: the one given, else asked for twice on a terminal. */
export async function chosenPassword(given: Password | undefined, { output }: CommandContext): Promise<Password> {
  if (given !== undefined) return given;
  if (!process.stdin.isTTY)
    throw new UsageError(
      `A password is needed: ${ways}, or --generate-password. --no-password goes without, and leaves the key open to whoever gets the file.`,
    );
  const value = await (await import('./prompt.ts')).askNewPassword();
  output.addSecret(value);
  return { value };
}

/** Asks on a terminal for the password of a file that turned out to have one; without a terminal, nothing. */
export async function askedPassword(file: string, { output }: CommandContext): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const value = await (await import('./prompt.ts')).askPassword(`Password of ${file}`);
  output.addSecret(value);
  return value;
}

function read({ passwordFile, passwordStdin, passwordEnv }: PasswordOptions, env: CommandContext['env']): string {
  if (passwordEnv !== undefined) {
    const value = env[passwordEnv];
    if (value) return value;
    throw new UsageError(
      `The variable ${passwordEnv} of the environment is ${value === '' ? 'empty' : 'not set'}, and should hold the password.`,
    );
  }
  const place = passwordStdin ? 'standard input' : (passwordFile as string);
  const most = mostOfCertificates;
  const bytes = passwordStdin ? readStandardInput({ most }) : readNamed(place, { most, mayBePipe: true });
  const value = textOf(bytes, place).replace(/\r?\n$/, '');
  if (value === '') throw new UsageError(`The password in ${place} is empty. Where none is meant, say --no-password.`);
  if (/[\r\n]/.test(value)) throw new UsageError(`There is more than one line in ${place}, where a password is expected.`);
  return value;
}

function textOf(bytes: Uint8Array, place: string): string {
  try {
    return decodeText(bytes, { isStrict: true });
  } catch {
    throw new UsageError(`The password in ${place} is not text in UTF-8 or UTF-16.`);
  }
}

/** 32 letters and digits, some 190 bits; no character that a shell, a portal or an XML file would take for something else. */
function generate(): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from({ length: 32 }, () => alphabet[randomInt(alphabet.length)]).join('');
}
