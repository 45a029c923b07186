#!/usr/bin/env node
import { version } from '../generated/version.ts';
import { nodeProblem } from './node-version.ts';
import { processTerminal } from './process-terminal.ts';

void start();

/** What is asked most often is answered before anything else is loaded. */
async function start() {
  const terminal = processTerminal();
  const args = process.argv.slice(2);
  const problem = nodeProblem(process.versions.node);
  if (args[0] === '--version' || args[0] === '-V') {
    terminal.stdout.write(`${version}\n`);
  } else if (problem !== undefined) {
    terminal.stderr.write(`error: ${problem}\n`);
    process.exitCode = 2;
  } else {
    const { main } = await import('./main.ts');
    process.exitCode = await main(args, terminal);
  }
}
