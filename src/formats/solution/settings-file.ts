import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { FileTree } from '../../document/file-tree.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { DocumentFiles } from '../reading/document-files.ts';
import type { OpenedDocument } from '../reading/opened-document.ts';
import { solutionSettings } from '../reading/package-rules.ts';
import { readCustomizations } from './customizations.ts';
import { readEnvironmentVariables } from './environment-variables.ts';

/**
 * Tells of settings files for an import that stand in one of some folders, and give no value to a variable of the solution that has none
 * itself. A file belongs to the solution where it names one of its variables or connection references. Source:
 * docs/facts/solution.md#environment-variables.
 */
export function checkSettings(solution: OpenedDocument, tree: FileTree, folders: readonly string[]): Diagnostic[] {
  const candidates = tree.paths.filter(
    (path) => /settings[^/]*\.json$/i.test(path) && folders.includes(path.slice(0, path.lastIndexOf('/') + 1)),
  );
  if (candidates.length === 0) return [];
  const own = new DocumentFiles(solution.files);
  const variables = Object.entries(readEnvironmentVariables(own, solution.root));
  const references = Object.keys(readCustomizations(own, solution.root).references ?? {});
  const known = new Set([...variables.map(([name]) => name), ...references].map((name) => name.toLowerCase()));
  const reading = new DocumentFiles(tree);
  const found: Diagnostic[] = [];
  for (const path of candidates) {
    const settings = reading.json(path)?.value;
    const given = namesIn(settings, 'EnvironmentVariables', 'SchemaName');
    if (
      !given ||
      ![...given, ...(namesIn(settings, 'ConnectionReferences', 'LogicalName') ?? [])].some((name) => known.has(name))
    )
      continue;
    const before = reading.problems.length;
    for (const [name, { type, value }] of variables) {
      // What a secret has is never read.
      if (type === 'Secret' || (value !== undefined && value !== '') || given.has(name.toLowerCase())) continue;
      reading.report(solutionSettings, {
        path,
        at: '/EnvironmentVariables',
        message: `the settings file gives no value to the environment variable "${name}", and the solution has none for it`,
        help: `add { "SchemaName": "${name}", "Value": "…" }, unless the environment has a value already`,
      });
    }
    found.push(...reading.problems.slice(before));
  }
  return found;
}

/** The names in a list of a settings file, in lower case; undefined where there is no such list. */
function namesIn(settings: unknown, list: string, key: string): Set<string> | undefined {
  const entries = isObject(settings) ? settings[list] : undefined;
  if (!Array.isArray(entries)) return undefined;
  return new Set(
    entries.flatMap((entry) => {
      const name = member(entry, key);
      return typeof name === 'string' ? [name.toLowerCase()] : [];
    }),
  );
}
