import { unzip } from '../../src/document/unzip.ts';
import { type ExportOptions, exportPackage, type Spec, SpecError } from '../../src/index.ts';
import { specOf } from '../specs.ts';

/** A spec that can become a solution. `target` is laid over its target. */
export function flowSpec(overrides: object = {}, target: object = {}): Spec {
  return specOf({ targets: { powerAutomate: { ...flowTarget, ...target } }, ...overrides });
}

export const flowTarget = { solution: 'HrLists', publisher: { name: 'contoso', prefix: 'cto' } };

/** The files in a package, as texts without byte order mark. */
export async function entries(spec: Spec, options: ExportOptions): Promise<Record<string, string>> {
  const tree = await unzip(exportPackage(spec, options), { name: 'x.zip', wanted: () => true });
  return Object.fromEntries(tree.paths.map((path) => [path, new TextDecoder().decode(tree.bytes(path))]));
}

/** What is wrong, as `pointer message`. */
export function refusals(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return error.diagnostics.map(({ pointer, message }) => `${pointer} ${message}`);
  }
  return [];
}
