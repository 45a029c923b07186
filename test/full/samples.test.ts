import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as library from '../../src/index.ts';
import { samples } from '../samples.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let folder = '';

/** A folder in which `certflow` is the sources, with the files that the samples name. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'certflow-samples-'));
  const file = (path: string, contents: string | Uint8Array) => writeFileSync(join(folder, path), contents);
  for (const { name, code } of samples) file(name, code);
  for (const path of ['node_modules/certflow', 'workflows', 'packages']) mkdirSync(join(folder, path), { recursive: true });
  file('package.json', '{ "type": "module" }');
  file(
    'node_modules/certflow/package.json',
    '{ "type": "module", "exports": { ".": "./index.js", "./browser": "./browser.js" } }',
  );
  for (const entry of ['index', 'browser'])
    file(`node_modules/certflow/${entry}.js`, `export * from '${pathToFileURL(join(root, `src/${entry}.ts`)).href}';\n`);
  file(
    'tsconfig.json',
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        paths: {
          xpath: [join(root, 'src/engine/xml/xpath.d.ts')],
          certflow: [join(root, 'src/index.ts')],
          'certflow/browser': [join(root, 'src/browser.ts')],
        },
        typeRoots: [join(root, 'node_modules/@types')],
      },
      include: ['*.ts', join(root, 'src/**/*.d.ts')],
    }),
  );
  cpSync(join(root, 'examples/sharepoint.certflow.yaml'), join(folder, 'certflow.yaml'));
  const spec = await library.loadSpec(join(folder, 'certflow.yaml'));
  const environment = 'dev';
  const [definition] = library.generate(spec, { format: 'definition', environment });
  file('workflows/definition.json', definition?.contents ?? '');
  const zip = library.exportPackage(spec, { format: 'solution', environment });
  for (const path of ['export.zip', 'packages/export.zip']) file(path, zip);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function node(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('every sample of the library compiles', () => {
  expect(samples.length).toBeGreaterThan(6);
  const compiled = node(join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', folder);
  expect(compiled).toEqual({ status: 0, stdout: '', stderr: '' });
});

test('every sample that needs no Azure runs', () => {
  const runnable = samples.filter(({ code }) => !/\b(?:setup|deploy)\(/.test(code)).map(({ name }) => name);
  expect(runnable.length).toBeGreaterThan(6);
  writeFileSync(join(folder, 'all.mjs'), runnable.map((name) => `await import('./${name}');\n`).join(''));
  const ran = node('all.mjs');
  expect([ran.status, ran.stderr]).toEqual([0, expect.not.stringContaining('    at ')]);
});
