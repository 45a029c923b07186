import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'vitest';
import { unzip } from '../../src/document/unzip.ts';
import { type FormatName, formatNames, type GeneratedFile, generate, loadSpec } from '../../src/index.ts';
import { expectGoldenFolder, expectNothingStale } from '../golden.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A zip is compared by what is in it, so that a change can be read; what is the same among the sources stands there once. */
async function unpacked(files: readonly GeneratedFile[]): Promise<GeneratedFile[]> {
  const lists = files.map(async (file) => {
    if (!file.path.endsWith('.zip')) return [file];
    const tree = await unzip(file.contents as Uint8Array, { name: '', wanted: () => true });
    const entries = tree.paths.map((path) => ({ path, contents: tree.bytes(path) as Uint8Array }));
    const isSource = ({ path, contents }: GeneratedFile) =>
      files.some((source) => source.path === `source/${path}` && Buffer.from(source.contents).equals(Buffer.from(contents)));
    return entries.filter((entry) => !isSource(entry)).map(({ path, contents }) => ({ path: `${file.path}/${path}`, contents }));
  });
  return (await Promise.all(lists)).flat();
}

const specs = await Promise.all(
  globSync('examples/*.certflow.yaml', { cwd: root }).map(async (path) => [path, await loadSpec(join(root, path))] as const),
);

test.each(specs.flatMap(([path, spec]) => formatNames.map((format) => [path, format as FormatName, spec] as const)))(
  '%s as %s',
  async (_, format, spec) => {
    const [environment] = spec.environments.keys();
    const files = await unpacked(generate(spec, { format, ...(environment ? { environment } : {}) }));
    expectGoldenFolder(`test/golden/${format}/${spec.name}`, files);
  },
);

test('no golden file is left of a format or an example that is gone', () => {
  expectNothingStale('test/golden', [...formatNames, 'carried-over.txt']);
  for (const format of formatNames)
    expectNothingStale(
      `test/golden/${format}`,
      specs.map(([, { name }]) => name),
    );
});
