import { connectionSections } from '../../definition/connections.ts';
import { isPlaceholder } from '../../diagnostics/placeholder.ts';
import { suggest } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import { toPointer } from '../../json/pointer.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { appConnections } from '../reading/package-rules.ts';

/** Tells of sections that the runtime does not know, and of connections without the address that it calls. */
export function checkConnections(
  reading: DocumentFiles,
  path: string,
  value: Readonly<Record<string, unknown>>,
  isUsed: (name: string) => boolean,
) {
  for (const section of Object.keys(value)) {
    if (connectionSections.some((known) => known.toLowerCase() === section.toLowerCase()) || section.startsWith('$')) continue;
    reading.report(appConnections, {
      path,
      at: toPointer([section]),
      message: `connections.json has no section "${section}" that the runtime reads`,
      help: suggest(section, connectionSections),
      severity: 'warning',
    });
  }
  const managed = value.managedApiConnections;
  for (const [name, connection] of Object.entries(isObject(managed) ? managed : {})) {
    if (!isObject(connection)) continue;
    const url = connection.connectionRuntimeUrl;
    const at = toPointer(['managedApiConnections', name]);
    if (url === undefined || url === null || url === '')
      reading.report(appConnections, {
        path,
        at,
        message: `the connection "${name}" lacks connectionRuntimeUrl, the address that is called`,
        help: 'take it from the connection in Azure: it is an output of its resource of kind V2',
        // What is refused is the workflow that uses it.
        ...(!isUsed(name) && { severity: 'warning' }),
      });
    else if (typeof url === 'string' && !url.includes('@') && !/^https?:\/\//i.test(url) && !isPlaceholder(url))
      reading.report(appConnections, {
        path,
        at: `${at}/connectionRuntimeUrl`,
        part: 'value',
        message: `the connectionRuntimeUrl of "${name}" is no address`,
        help: 'it begins with https://, and is an output of the resource of the connection',
        severity: 'warning',
      });
  }
}
