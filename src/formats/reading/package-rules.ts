import type { Category, Severity } from '../../diagnostics/diagnostic.ts';

/** What is checked of a package, project or template around its workflows, while it is read. The pages are docs/rules/<name>.md, like those of the rules on workflows. */
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

export const templateExpression: PackageRule = {
  name: 'template-expression',
  severity: 'error',
  category: 'correctness',
  summary: 'What ARM takes for an expression is one, and names parameters and variables of its template',
};

export const expressionInText: PackageRule = {
  name: 'expression-in-text',
  severity: 'warning',
  category: 'correctness',
  summary: 'No expression of ARM stands inside a text',
};

export const secureOutput: PackageRule = {
  name: 'secure-output',
  severity: 'warning',
  category: 'security',
  summary: 'No output of a template hands out a secure parameter',
};

export const connectionDependency: PackageRule = {
  name: 'connection-dependency',
  severity: 'warning',
  category: 'correctness',
  summary: 'A workflow is deployed after the connections of its template that it uses',
};

export const vaultReference: PackageRule = {
  name: 'vault-reference',
  severity: 'warning',
  category: 'correctness',
  summary: 'A setting that refers to a vault names a secret',
};

export const packageRules: readonly PackageRule[] = [
  connectionDependency,
  expressionInText,
  packageResources,
  packageRoot,
  secureOutput,
  solutionComponents,
  solutionManifest,
  templateExpression,
  vaultReference,
];
