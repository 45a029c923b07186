import { loadSpec } from '../spec/load.ts';
import type { Spec } from '../spec/spec.ts';
import type { Output } from './output.ts';

/** Reads a spec, and lets the findings about it show its lines. Throws what loadSpec throws. */
export function readSpec(path: string, output: Output): Promise<Spec> {
  return loadSpec(path, { onText: (text) => output.remember(path, text) });
}
