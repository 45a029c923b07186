import type { Category, Severity } from '../../diagnostics/diagnostic.ts';

/** What is checked of a package around its flows, while it is read. The pages are docs/rules/<name>.md, like those of the rules on workflows. */
export interface PackageRule {
  readonly name: string;
  /** The gravest that a finding of it can be. */
  readonly severity: Severity;
  readonly category: Category;
  readonly summary: string;
}

export const packageResources: PackageRule = {
  name: 'package-resources',
  severity: 'error',
  category: 'correctness',
  summary: 'The manifest, the maps and the flow of a legacy package name the same resources',
};

export const solutionComponents: PackageRule = {
  name: 'solution-components',
  severity: 'error',
  category: 'correctness',
  summary: 'Every flow of a solution is declared as its component, under the name that its file has',
};

export const solutionManifest: PackageRule = {
  name: 'solution-manifest',
  severity: 'error',
  category: 'correctness',
  summary: "A solution's version, publisher and content types are ones that the import takes",
};

export const packageRoot: PackageRule = {
  name: 'package-root',
  severity: 'error',
  category: 'correctness',
  summary: 'The files of a package lie at the root of its zip, in no folder',
};

export const packageRules: readonly PackageRule[] = [packageResources, packageRoot, solutionComponents, solutionManifest];
