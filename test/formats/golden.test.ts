import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type FormatName, formatNames, generate, loadSpec } from '../../src/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** `UPDATE_GOLDEN=1 npm test` writes them anew; read what changed before it is committed. */
const isUpdating = process.env.UPDATE_GOLDEN === '1';

const examples = globSync('examples/*.certflow.yaml', { cwd: root });

test.each(examples.flatMap((example) => formatNames.map((format) => [example, format as FormatName] as const)))(
  '%s as %s',
  async (example, format) => {
    const spec = await loadSpec(join(root, example));
    const [environment] = spec.environments.keys();
    const folder = join(root, 'test', 'golden', format, spec.name);
    for (const { path, contents } of generate(spec, { format, ...(environment ? { environment } : {}) })) {
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
