import { expect, test } from 'vitest';
import { convert, exportPackage, open, UsageError, zip } from '../../src/index.ts';
import { flowSpec } from '../formats/packages.ts';

test('as bare definitions, a file each', async () => {
  const document = await open(exportPackage(flowSpec(), { format: 'solution' }));
  const files = convert({ ...document, definitions: [...document.definitions, ...document.definitions] }, 'definition');
  expect(files.map(({ path }) => path)).toEqual(['hr-lists.json', 'hr-lists 2.json']);
  expect(JSON.parse(String(files[0]?.contents))).toEqual(document.definitions[0]?.definition);
});

test('a package is not made another kind of package', async () => {
  const document = await open(exportPackage(flowSpec(), { format: 'flow-package' }), { name: 'old.zip' });
  expect(() => convert(document, 'solution')).toThrow(
    new UsageError(
      'old.zip cannot be written as solution: it is of the format "flow-package". Write a certflow.yaml for the flow, and generate it',
    ),
  );
});

test('a package whose other files were not unpacked is not written without them', async () => {
  const tree = await open(exportPackage(flowSpec(), { format: 'solution' }), { contents: 'all' });
  const more = zip([...convert(tree, 'solution'), { path: 'CanvasApps/x.msapp', contents: new Uint8Array([1, 2]) }]);
  expect(() => convert({ ...tree, files: tree.files }, 'solution')).not.toThrow();
  const half = await open(more);
  expect(() => convert(half, 'solution')).toThrow("open the package with { contents: 'all' }");
  const whole = await open(more, { contents: 'all' });
  expect(convert(whole, 'solution').at(-1)).toEqual({ path: 'CanvasApps/x.msapp', contents: new Uint8Array([1, 2]) });
});

test('a package without a file that every one has is not written anew: the message names it', async () => {
  const tree = await open(exportPackage(flowSpec(), { format: 'solution' }), { contents: 'all', name: 'x.zip' });
  const without = (gone: string) => zip(convert(tree, 'solution').filter(({ path }) => path !== gone));
  const halved = await open(without('customizations.xml'), { contents: 'all', name: 'x.zip' });
  expect(() => convert(halved, 'solution')).toThrow(
    new UsageError('x.zip!customizations.xml is missing, so the package cannot be written anew. Export it again.'),
  );
  expect(convert(halved, 'definition')).toHaveLength(1);
});

test('what is no sound XML is told in one sentence', async () => {
  const tree = await open(exportPackage(flowSpec(), { format: 'solution' }), { contents: 'all' });
  const files = convert(tree, 'solution').map((file) =>
    file.path === 'customizations.xml' ? { ...file, contents: '<a>' } : file,
  );
  const broken = await open(zip(files), { contents: 'all', name: 'x.zip' });
  expect(() => convert(broken, 'solution')).toThrow(/: it is no sound XML: unclosed xml tag\(s\): a$/);
});
