import { cutValue } from '../../diagnostics/show.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { checkRoot } from '../reading/package-root.ts';
import { solutionManifest } from '../reading/package-rules.ts';
import { firstXml, readXml } from './customizations.ts';
import { childNamed, childText } from './xml.ts';

/** In a zip, and in the layout of `pac solution unpack`. */
export const manifestFiles = ['solution.xml', 'Other/Solution.xml'];

/** What solution.xml and [Content_Types].xml must say. Source: docs/facts/solution.md#the-manifest. */
export function checkManifest(reading: DocumentFiles, root: string) {
  const solution = firstXml(reading, root, manifestFiles);
  const manifest = solution && childNamed(solution.element, 'SolutionManifest');
  if (solution && manifest) {
    const publisher = childNamed(manifest, 'Publisher');
    const rows = [
      [manifest, 'UniqueName', /^\w+$/, 'letters, digits and _'],
      [manifest, 'Version', /^\d+(\.\d+){1,3}$/, 'two to four numbers, such as 1.0.0.0'],
      [
        publisher,
        'CustomizationPrefix',
        /^(?!mscrm)[a-z][a-z0-9]{1,7}$/i,
        'two to eight letters and digits, a letter first, and not mscrm',
      ],
      [publisher, 'CustomizationOptionValuePrefix', /^[1-9]\d{4}$/, 'a number from 10000 to 99999'],
    ] as const;
    for (const [parent, name, form, expected] of rows) {
      const element = parent && childNamed(parent, name);
      const value = parent && childText(parent, name);
      if (element && value !== undefined && !form.test(value))
        reading.report(solutionManifest, {
          path: solution.path,
          at: element,
          message: `${name} is "${cutValue(value)}"; expected: ${expected}`,
          // The portal's form asks it; exports of publishers that were made otherwise have others, and are imported.
          ...(name === 'CustomizationPrefix' && { severity: 'info' }),
        });
    }
    const managed = childNamed(manifest, 'Managed');
    if (managed?.textContent === '2' && reading.tree.has(`${root}solution.xml`)) {
      reading.report(solutionManifest, {
        path: solution.path,
        at: managed,
        severity: 'warning',
        message: 'Managed is 2, which is for sources that can be packed as either',
        help: 'write 0 or 1',
      });
    }
  }
  checkContentTypes(reading, root);
  checkRoot(reading, root, 'solution.xml');
}

/** Only a zip has the file: packing makes it. */
function checkContentTypes(reading: DocumentFiles, root: string) {
  const path = `${root}[Content_Types].xml`;
  if (reading.tree.isPacked && reading.tree.has(`${root}solution.xml`) && !reading.tree.has(path))
    reading.report(solutionManifest, {
      path: `${root}solution.xml`,
      at: { lineNumber: 1, columnNumber: 1 },
      message: '[Content_Types].xml is missing beside solution.xml',
      help: 'pack the solution with "pac solution pack", or take the file from an export',
    });
  const types = reading.tree.has(path) ? readXml(reading, path) : undefined;
  if (!types) return;
  const known = new Set<string>();
  for (let child = types.firstChild; child; child = child.nextSibling) {
    const named = child as unknown as { getAttribute?: (name: string) => string | null };
    known.add((named.getAttribute?.('Extension') ?? named.getAttribute?.('PartName') ?? '').toLowerCase());
  }
  const files = reading.tree.paths.filter((file) => file.startsWith(root) && file !== path && !file.endsWith('/'));
  const unknown = files.filter(
    (file) =>
      !known.has(`/${file.slice(root.length)}`.toLowerCase()) && !known.has((/\.([^./]+)$/.exec(file)?.[1] ?? '').toLowerCase()),
  );
  for (const extension of new Set(unknown.map((file) => /\.([^./]+)$/.exec(file)?.[1] ?? file))) {
    reading.report(solutionManifest, {
      path,
      message: `there is no content type for "${cutValue(extension)}"`,
      help: `add <Default Extension="${extension}" ContentType="application/octet-stream" />`,
    });
  }
}
