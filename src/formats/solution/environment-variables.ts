import type { EnvironmentVariable } from '../../definition/surroundings.ts';
import { member } from '../../json/member.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { known } from '../reading/reader.ts';
import { readXml } from './customizations.ts';
import { childNamed, childText } from './xml.ts';

/** Source: docs/facts/solution.md#environment-variables. */
const types: Readonly<Record<string, EnvironmentVariable['type']>> = {
  100000000: 'String',
  100000001: 'Number',
  100000002: 'Boolean',
  100000003: 'JSON',
  100000004: 'Data source',
  100000005: 'Secret',
};

/** The environment variables that a solution declares, by schema name. */
export function readEnvironmentVariables(reading: DocumentFiles, root: string): Record<string, EnvironmentVariable> {
  const found: [string, EnvironmentVariable][] = [];
  for (const path of variableFiles(reading.tree.paths, root)) {
    const element = readXml(reading, path);
    const name = element?.getAttribute('schemaname');
    if (!element || !name) continue;
    const type = types[childText(element, 'type') ?? ''] ?? 'unknown';
    const value = childText(element, 'defaultvalue') ?? readValue(reading, path);
    found.push([
      name,
      known<EnvironmentVariable>({
        type,
        displayName: childNamed(element, 'displayname')?.getAttribute('default') ?? undefined,
        value: type === 'Secret' ? undefined : value,
      }),
    ]);
  }
  return Object.fromEntries(found);
}

/** The files that declare one each. */
export function variableFiles(paths: readonly string[], root: string): string[] {
  return paths.filter(
    (path) => path.startsWith(`${root}environmentvariabledefinitions/`) && path.endsWith('/environmentvariabledefinition.xml'),
  );
}

function readValue(reading: DocumentFiles, definitionPath: string): string | undefined {
  const path = definitionPath.replace(/definition\.xml$/, 'values.json');
  const value = member(reading.json(path)?.value, 'environmentvariablevalues', 'environmentvariablevalue', 'value');
  return typeof value === 'string' ? value : undefined;
}
