import { basename, dirname } from 'node:path';
import type { Command } from 'commander';
import { RefusedError } from '../diagnostics/errors.ts';
import { placeOf } from '../disk/place.ts';
import { readFound } from '../disk/read.ts';
import { replaceFile } from '../disk/write.ts';
import { decodeText } from '../document/decode.ts';
import type { Output } from './output.ts';
import type { FileStatus } from './write-files.ts';

export interface TextOutOptions {
  out?: string;
  force?: true;
  json?: true;
}

/** The options of a command whose result is a text. What a shell makes of `>` may be UTF-16, as in Windows PowerShell. */
export function addTextOut(command: Command): Command {
  return command
    .option('-o, --out <file>', 'write it into this file, in UTF-8 (default: print it)')
    .option('--force', 'with --out: write over a file that is there');
}

/** Prints a text, or writes it where `--out` says. `about` is what `--json` tells beside it, and `key` where it tells the text. */
export function giveText(
  text: string,
  { out, force, json }: TextOutOptions,
  output: Output,
  { about = {}, key = 'text' }: { readonly about?: object; readonly key?: string } = {},
) {
  const contents = `${text.trimEnd()}\n`;
  if (out === undefined) {
    if (json) output.json({ ...about, [key]: text });
    else output.text(text.trimEnd());
    return;
  }
  const status = writeText(out, contents, force === true);
  if (json) output.json({ ...about, file: out, status });
  else output.result([`${status.padEnd(9)}  ${out}`]);
}

/** Writes a file whole. Throws a RefusedError where another text is there, unless `force`. */
function writeText(path: string, contents: string, force: boolean): FileStatus {
  placeOf(path);
  const before = readFound(dirname(path), basename(path));
  if (before !== undefined && decodeText(before) === contents) return 'unchanged';
  if (before !== undefined && !force)
    throw new RefusedError(
      `${path} is there already. Nothing was written. Choose another name with --out, or write over it with --force.`,
    );
  replaceFile(path, contents);
  return before === undefined ? 'created' : 'changed';
}
