#!/usr/bin/env node
import module from 'node:module';
import { version } from '../generated/version.ts';

// Before anything else is loaded: what is asked most often is answered first, and compiled code is kept for the next run.
if (process.argv[2] === '--version' || process.argv[2] === '-V') {
  process.stdout.write(`${version}\n`);
} else {
  module.enableCompileCache?.();
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv.slice(2), process);
}
