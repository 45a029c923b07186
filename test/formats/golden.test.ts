import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { unzip } from '../../src/document/unzip.ts';
import { type FormatName, formatNames, type GeneratedFile, generate, loadSpec } from '../../src/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** `UPDATE_GOLDEN=1 npm test` writes them anew; read what changed before it is committed. */
const isUpdating = process.env.UPDATE_GOLDEN === '1';

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

const examples = globSync('examples/*.certflow.yaml', { cwd: root });

test.each(examples.flatMap((example) => formatNames.map((format) => [example, format as FormatName] as const)))(
  '%s as %s',
  async (example, format) => {
    const spec = await loadSpec(join(root, example));
    const [environment] = spec.environments.keys();
    const folder = join(root, 'test', 'golden', format, spec.name);
    const files = await unpacked(generate(spec, { format, ...(environment ? { environment } : {}) }));
    for (const { path, contents } of files) {
      const golden = join(folder, path);
      if (isUpdating) {
        mkdirSync(dirname(golden), { recursive: true });
        writeFileSync(golden, contents);
      }
      expect(existsSync(golden), `${golden} is missing`).toBe(true);
      expect(Buffer.from(contents).equals(readFileSync(golden)), `${path} differs from ${golden}`).toBe(true);
    }
  },
);
