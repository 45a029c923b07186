/**
 * A legacy package begins where Microsoft.Flow/flows stands with manifest.json beside it. Source:
 * docs/facts/flow-package.md#files.
 */
export function rootOf(path: string, has: (path: string) => boolean): string | undefined {
  const root = /^(.*\/)?Microsoft\.Flow\/flows\/(?:[^/]+\/definition|manifest)\.json$/.exec(path);
  return root && has(`${root[1] ?? ''}manifest.json`) ? (root[1] ?? '') : undefined;
}
