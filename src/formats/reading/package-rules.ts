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

export const solutionSettings: PackageRule = {
  name: 'solution-settings',
  severity: 'warning',
  category: 'correctness',
  summary: 'A settings file beside a solution gives a value to every variable that has none',
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

export const templateParameters: PackageRule = {
  name: 'template-parameters',
  severity: 'error',
  category: 'correctness',
  summary: 'A template inside another one is given the parameters that it declares',
};

export const templateSecret: PackageRule = {
  name: 'template-secret',
  severity: 'warning',
  category: 'security',
  summary: 'No secret is in a template itself',
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

export const appConnections: PackageRule = {
  name: 'app-connections',
  severity: 'error',
  category: 'correctness',
  summary: 'The connections of a Standard app stand in sections that the runtime reads, with the address that it calls',
};

export const appParameters: PackageRule = {
  name: 'app-parameters',
  severity: 'error',
  category: 'correctness',
  summary: 'Every parameter of a Standard app has a value, of its type',
};

export const appSecret: PackageRule = {
  name: 'app-secret',
  severity: 'warning',
  category: 'security',
  summary: 'No secret is in the files of a Standard app itself',
};

export const appSettings: PackageRule = {
  name: 'app-settings',
  severity: 'warning',
  category: 'correctness',
  summary: 'Every app setting and parameter that the files of a Standard app read is given',
};

export const mcpEndpoint: PackageRule = {
  name: 'mcp-endpoint',
  severity: 'warning',
  category: 'security',
  summary: 'The MCP endpoints of a Standard app ask who calls',
};

export const packageRules: readonly PackageRule[] = [
  appConnections,
  appParameters,
  appSecret,
  appSettings,
  connectionDependency,
  expressionInText,
  mcpEndpoint,
  packageResources,
  packageRoot,
  secureOutput,
  solutionComponents,
  solutionManifest,
  solutionSettings,
  templateExpression,
  templateParameters,
  templateSecret,
  vaultReference,
];
