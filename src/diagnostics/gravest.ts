import type { Diagnostic } from './diagnostic.ts';

/** Nobody reads more of one file. */
const mostOfAFile = 200;

/** As many findings of a file as are shown: the gravest, in the order that they have. */
export function gravest(found: readonly Diagnostic[]): readonly Diagnostic[] {
  if (found.length <= mostOfAFile) return found;
  const bySeverity = (['error', 'warning', 'info'] as const).flatMap((wanted) =>
    found.filter(({ severity }) => severity === wanted),
  );
  const told = new Set(bySeverity.slice(0, mostOfAFile));
  return found.filter((diagnostic) => told.has(diagnostic));
}
