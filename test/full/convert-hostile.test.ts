import { expect, test } from 'vitest';
import { MemoryTree } from '../../src/document/file-tree.ts';
import { openProject, projectOf } from '../../src/formats/reading/open-tree.ts';
import { convert, exportPackage, open, UsageError } from '../../src/index.ts';
import { flowSpec } from '../formats/packages.ts';
import { hostile, replaced } from '../hostile.ts';
import { part, size } from '../sweep.ts';

test.each(['solution', 'flow-package'] as const)(
  'a broken %s is written as it was or refused, and nothing else',
  async (format) => {
    const document = await open(exportPackage(flowSpec(), { format, withValues: true }), { contents: 'all' });
    const files = new Map(document.files.paths.map((path) => [path, document.files.bytes(path) as Uint8Array]));
    let count = 0;
    for (const [path, bytes] of files) {
      const text = new TextDecoder().decode(bytes);
      for (const broken of part(path.endsWith('.json') ? brokenJson(text) : brokenXml(text))) {
        await tryOut(new Map([...files, [path, new TextEncoder().encode(broken)]]), format, [path, broken]);
        count++;
      }
      await tryOut(new Map([...files].filter(([other]) => other !== path)), format, [path, 'gone']);
    }
    expect(count).toBeGreaterThan(300 * size);
  },
);

async function tryOut(files: ReadonlyMap<string, Uint8Array>, format: 'solution' | 'flow-package', about: readonly string[]) {
  const tree = new MemoryTree('x', files);
  const project = [...files.keys()].map((path) => projectOf(path, (other) => tree.has(other))).find((found) => found);
  if (!project) return;
  try {
    convert(await openProject(tree, { ...project, paths: [...files.keys()] }), format);
  } catch (error) {
    expect([about, error]).toEqual([about, expect.any(UsageError)]);
  }
}

function* brokenJson(text: string): Generator<string> {
  for (const value of hostile) for (const other of replaced(JSON.parse(text), value)) yield JSON.stringify(other);
  yield '[]';
  yield text.slice(0, -2);
}

/** Without one of its elements or attributes, or with another name for one. */
function* brokenXml(text: string): Generator<string> {
  for (const [element] of text.matchAll(/<(\w+)[^>]*\/>|<(\w+)[^>]*>[^<]*<\/\2>/g)) yield text.replace(element, '');
  for (const [attribute] of text.matchAll(/ [\w:]+="[^"]*"/g)) yield text.replace(attribute, '');
  for (const [, name] of text.matchAll(/<(\w+)/g)) yield text.replaceAll(new RegExp(`(</?)${name}\\b`, 'g'), '$1constructor');
}
