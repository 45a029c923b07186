/**
 * What the root of a solution has: as exported, and as SolutionPackager and pac unpack it. Source: docs/facts/solution.md#files.
 */
const marks = ['solution.xml', 'customizations.xml', 'Other/Solution.xml', 'Other/Customizations.xml'];

/** A solution begins where solution.xml stands, or the folder Other that has it. */
export function rootOf(path: string, has: (path: string) => boolean): string | undefined {
  const mark = marks.find((mark) => path === mark || path.endsWith(`/${mark}`));
  if (mark !== undefined) return path.slice(0, -mark.length);
  const found = /^(.*\/)?Workflows\/[^/]+\.json$/.exec(path);
  const root = found?.[1] ?? '';
  return found && marks.some((mark) => has(root + mark)) ? root : undefined;
}
