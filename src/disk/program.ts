import { delimiter, isAbsolute, join } from 'node:path';
import { kindOf } from './kind.ts';

/**
 * The path of a program, from the folders that the system looks through; undefined where none has it. Never one of the working directory,
 * which may be anybody's, and where Windows looks first.
 */
export function programNamed(name: string): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, file))
    .find((path) => kindOf(path) === 'file');
}
