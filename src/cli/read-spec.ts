import { specText, workflowsFrom } from '../library/load-spec.ts';
import { parseSpec } from '../spec/parse.ts';
import type { Spec } from '../spec/spec.ts';
import type { Output } from './output.ts';

/** Reads a spec that somebody named, and lets the findings about it show its lines. Throws what loadSpec throws. */
export function readSpec(path: string, output: Output): Spec {
  return specOf(specText(path), path, output);
}

/** The same with the text at hand. */
export function specOf(text: string, path: string, output: Output): Spec {
  output.remember(path, text);
  return parseSpec(text, { file: path, readWorkflowFile: workflowsFrom(path) });
}
