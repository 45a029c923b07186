/**
 * How the files of a solution lie: in its zip, or as `pac solution unpack` puts them into a folder. Source:
 * docs/facts/solution.md#files.
 */
export type Layout = 'zip' | 'sources';

export const manifestPath: Readonly<Record<Layout, string>> = { zip: 'solution.xml', sources: 'Other/Solution.xml' };

export const customizationsPath: Readonly<Record<Layout, string>> = {
  zip: 'customizations.xml',
  sources: 'Other/Customizations.xml',
};

export const contentTypesPath = '[Content_Types].xml';

/** Of what stands beside a flow in sources, and in customizations.xml in a zip. */
export function recordPath(flowPath: string): string {
  return `${flowPath}.data.xml`;
}

export function variablePath(schemaName: string): string {
  return `environmentvariabledefinitions/${schemaName}/environmentvariabledefinition.xml`;
}

export function valuePath(schemaName: string): string {
  return `environmentvariabledefinitions/${schemaName}/environmentvariablevalues.json`;
}
