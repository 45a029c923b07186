/** What is looked at, in the words of the command line: a command that cures takes the same. */
export interface CommandLine {
  /** Path of the spec; absent where there is none. */
  readonly spec?: string;
  readonly environment?: string;
  readonly cloudFile?: string;
}

/** A certflow command that can be pasted: `certflow setup hr.yaml -e dev --only entra`. */
export function certflow({ spec, environment, cloudFile }: CommandLine, command: string, ...options: readonly string[]): string {
  return commandOf(
    ...['certflow', ...command.split(' '), ...(spec === undefined ? [] : [spec])],
    ...(environment ? ['-e', environment] : []),
    ...options,
    ...(cloudFile === undefined ? [] : ['--cloud-file', cloudFile]),
  );
}

/** Words as every shell takes them. */
export function commandOf(...words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./\\-]+$/.test(word) ? word : `"${word.replaceAll('"', '\\"')}"`)).join(' ');
}
