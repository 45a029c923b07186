import { readFileSync } from 'node:fs';
import { unreadable } from '../library/load-spec.ts';
import { parseSpec } from '../spec/parse.ts';
import type { Spec } from '../spec/spec.ts';
import type { Output } from './output.ts';

/** Reads a spec, and lets the findings about it show its lines. Throws what loadSpec throws. */
export function readSpec(path: string, output: Output): Spec {
  const text = read(path);
  output.remember(path, text);
  return parseSpec(text, { file: path });
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
}
