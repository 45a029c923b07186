#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { version } from '../generated/version.ts';
import { compileCacheFolder } from './compile-cache.ts';
import { nodeProblem } from './node-version.ts';
import { processTerminal } from './process-terminal.ts';

const terminal = processTerminal();
const problem = nodeProblem(process.versions.node);
// What is asked most often is answered before anything else is loaded; then compiled code is kept for the next run.
if (process.argv[2] === '--version' || process.argv[2] === '-V') {
  terminal.stdout.write(`${version}\n`);
} else if (problem !== undefined) {
  terminal.stderr.write(`error: ${problem}\n`);
  process.exitCode = 2;
} else {
  const cache = compileCacheFolder(process.env);
  if (cache !== undefined) enableCompileCache(cache);
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv.slice(2), terminal);
}
