import { execFile } from 'node:child_process';
import { basename, resolve } from 'node:path';
import { UsageError } from '../../../diagnostics/errors.ts';
import { programNamed } from '../../../disk/program.ts';

/** What a build may take: milliseconds, and bytes of the template. */
const limits = { timeout: 120_000, maxBuffer: 64 * 1024 * 1024 };

/** The Bicep CLI, and the one that the Azure CLI brings along; the first that is there is asked. */
const programs: readonly (readonly [program: string, ...args: string[]])[] = [
  ['bicep', 'build', '--stdout', '--no-restore'],
  ['az', 'bicep', 'build', '--stdout', '--no-restore', '--file'],
];

/**
 * The ARM template that a Bicep file becomes, as the Bicep CLI on this machine builds it; nothing is fetched for that. Rejects with a
 * UsageError where there is no such program, or where it refuses the file.
 */
export async function buildBicep(path: string): Promise<string> {
  for (const [name, ...args] of programs) {
    const program = programNamed(name);
    if (program !== undefined) return run(program, name, [...args, resolve(path)], path);
  }
  throw new UsageError(
    `${path} is Bicep, and no Bicep CLI is found here (bicep, or az): install it, or build the file elsewhere and check the template`,
  );
}

function run(program: string, name: string, args: readonly string[], path: string): Promise<string> {
  return new Promise((done, failed) => {
    execFile(program, args, { ...limits, encoding: 'utf8', windowsHide: true }, (error, stdout, stderr) => {
      if (error) failed(refusal(name, path, error, stderr));
      else done(stdout);
    });
  });
}

function refusal(program: string, path: string, error: Error & { killed?: boolean }, stderr: string): UsageError {
  const [first = error.killed ? 'it took too long' : error.message] = stderr.split('\n').filter((line) => /\bError\b/.test(line));
  const needs = /BCP190|restore/.test(stderr)
    ? ` The modules of a registry are fetched by "bicep restore ${basename(path)}" before.`
    : '';
  return new UsageError(`${path} cannot be built by ${program}: ${first.trim()}${needs}`);
}
