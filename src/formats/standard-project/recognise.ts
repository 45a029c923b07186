/** Files that only the root of a Standard project has beside its workflows. Source: docs/facts/standard-project.md#files. */
const marks = ['host.json', 'connections.json', 'parameters.json'];

/** A Standard project begins above the folder of each workflow.json. */
export function rootOf(path: string, has: (path: string) => boolean): string | undefined {
  const found = /^(.*\/)?[^/]+\/workflow\.json$/.exec(path);
  const root = found?.[1] ?? '';
  return found && marks.some((mark) => has(root + mark)) ? root : undefined;
}
