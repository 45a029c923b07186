import { basename } from 'node:path';
import { kindOf } from '../../disk/kind.ts';

/** Whether a path is a spec that somebody named: of the YAML files that certflow knows, it is the one that is none of the others. */
export function isSpec(path: string): boolean {
  return /\.ya?ml$/i.test(path) && !/certflow(\.check|-test)\.ya?ml$/i.test(basename(path)) && kindOf(path) !== 'folder';
}
