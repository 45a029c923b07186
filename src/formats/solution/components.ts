import type { Element } from '@xmldom/xmldom';
import { cutValue } from '../../diagnostics/show.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { solutionComponents } from '../reading/package-rules.ts';
import { customizationFiles, firstXml, readXml } from './customizations.ts';
import { manifestFiles } from './manifest.ts';
import { childNamed, childrenIn, childText } from './xml.ts';

/** Flows against the solution's list of components, and against their files. Source: docs/facts/solution.md#files. */
export function checkComponents(reading: DocumentFiles, root: string) {
  const manifest = firstXml(reading, root, manifestFiles);
  const declared = manifest && new Set(components(manifest.element).map((id) => id.toLowerCase()));
  for (const { path, element } of workflows(reading, root)) {
    // A classic workflow has a XAML file instead, and is none of ours.
    const file = childText(element, 'JsonFileName')?.replace(/^\//, '');
    if (file === undefined) continue;
    const id = (element.getAttribute('WorkflowId') ?? '').replaceAll(/[{}]/g, '');
    const name = element.getAttribute('Name') ?? id;
    if (declared && !declared.has(id.toLowerCase())) {
      reading.report(solutionComponents, {
        path,
        at: element,
        message: `the flow "${cutValue(name)}" is no root component of the solution`,
        help: `add <RootComponent type="29" id="{${id.toLowerCase()}}" behavior="0" /> to solution.xml`,
      });
    }
    if (!reading.tree.has(root + file))
      reading.report(solutionComponents, {
        path,
        at: element,
        message: `the flow "${cutValue(name)}" should be in ${cutValue(file)}, which is not there`,
        help: 'JsonFileName is the path of the file, exactly',
      });
    if (!file.endsWith(`-${id.toUpperCase()}.json`))
      reading.report(solutionComponents, {
        path,
        at: element,
        message: `the file of the flow "${cutValue(name)}" does not end in its id`,
        help: `call it …-${id.toUpperCase()}.json`,
      });
  }
}

/** In a zip all stand in customizations.xml; an unpacked solution has a file for each. */
export function workflows(reading: DocumentFiles, root: string): { path: string; element: Element }[] {
  const customizations = firstXml(reading, root, customizationFiles);
  const inOne = customizations ? childrenIn(customizations.element, 'Workflows', 'Workflow') : [];
  const apart = reading.tree.paths.filter((path) => path.startsWith(`${root}Workflows/`) && path.endsWith('.json.data.xml'));
  return [
    ...inOne.map((element) => ({ path: customizations?.path ?? '', element })),
    ...apart.flatMap((path) => {
      const element = readXml(reading, path);
      return element ? [{ path, element }] : [];
    }),
  ];
}

/** Ids of the components that are workflows. */
function components(solution: Element): string[] {
  const manifest = childNamed(solution, 'SolutionManifest');
  const all = manifest ? childrenIn(manifest, 'RootComponents', 'RootComponent') : [];
  return all
    .filter((component) => component.getAttribute('type') === '29')
    .map((component) => (component.getAttribute('id') ?? '').replaceAll(/[{}]/g, ''));
}
