import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import * as certflow from '../../src/index.ts';
import { askPage } from '../browser/chromium.ts';
import type { Told } from '../browser/page.ts';
import { fromBase64, type Given, type Log, shown, tour } from '../browser/tour.ts';
import { anyCertificate, folder } from '../certificate/tools.ts';
import { needsProgram } from '../programs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The page's script as a project of somebody's own would bundle it, with the built library in it. */
async function bundled(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    stdin: {
      contents:
        "import * as certflow from 'certflow/browser'; import { tell } from './test/browser/page.ts'; await tell(certflow);",
      resolveDir: root,
    },
    outdir: '/',
    entryNames: 'page',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'error',
  });
  return new Map(outputFiles.map(({ path, text }) => [path.slice(path.lastIndexOf('/')), text]));
}

const password = 'ab Ünï';
const written = (encoding: certflow.PfxEncoding, password?: string) =>
  certflow.writePfx(anyCertificate, { encoding, rounds: 3, ...(password === undefined ? {} : { password }) });
const given: Given = {
  examples: Object.fromEntries(
    globSync('examples/*.certflow.yaml', { cwd: root }).map((path) => [basename(path), readFileSync(join(root, path), 'utf8')]),
  ),
  files: {
    compat: shown(await written('compat', password)),
    modern: shown(await written('modern', password)),
    open: shown(await written('compat')),
    der: shown(anyCertificate.certificate.raw),
    none: btoa('no certificate'),
  },
  password,
  now: '2026-08-01T00:00:00Z',
};

/** Names of what was done where the results differ. */
function differing(one: Log, other: Log): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => one[name] !== other[name]);
}

test('a browser whose policy lets no text run as code makes the same files as Node, byte for byte', async (context) => {
  needsProgram(context, 'chromium', ['--version'], (output) => /Chromium/.test(output));
  const page = { scripts: await bundled(), data: { '/given': given } };
  const { log = {}, written = [], ...told } = (await askPage(page)) as Told;
  expect(told).toEqual({ stopped: [], canEvaluate: false });
  const here = await tour(certflow, given);
  expect(differing(log, here)).toEqual([]);
  for (const format of certflow.formatNames)
    expect(Object.keys(log).filter((name) => name.startsWith(`sharepoint.certflow.yaml dev ${format} `)).length).toBeGreaterThan(
      0,
    );
  const read = await Promise.all(written.map((pfx) => certflow.readPfx(fromBase64(pfx), { password })));
  expect(read.map(({ certificate, outline }) => [certificate.subject, outline.encoding])).toEqual([
    ['CN=made in a browser', 'compat'],
    [anyCertificate.certificate.subject, 'modern'],
  ]);
  expect(read.map(({ certificate }) => certificate.verify(certificate.publicKey))).toEqual([true, true]);
});

test('nothing that is built for browsers runs text as code', () => {
  const files = globSync(['dist/browser.js', 'dist/browser/*.js'], { cwd: root });
  expect(files.length).toBeGreaterThan(1);
  expect(files.filter((file) => /\beval\(|\bFunction\(/.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});

test('its types need none of Node: a project without them compiles', async () => {
  const home = await folder();
  writeFileSync(
    join(home, 'index.ts'),
    "import * as certflow from 'certflow/browser';\nexport const made: Promise<certflow.KeyAndCertificate> = certflow.createCertificate({ subject: 'CN=x' });\nexport const wrong: number = certflow.zip([]);\n",
  );
  const options = {
    module: 'esnext',
    moduleResolution: 'bundler',
    target: 'es2023',
    lib: ['es2023', 'dom'],
    types: [],
    strict: true,
    noEmit: true,
  };
  const paths = { 'certflow/browser': [join(root, 'dist/browser.d.ts')] };
  writeFileSync(join(home, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...options, paths }, files: ['index.ts'] }));
  const { stdout } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', home], {
    encoding: 'utf8',
  });
  // The one mistake is meant: it shows that the types are there.
  expect(stdout.trim().split('\n')).toEqual([expect.stringMatching(/^\S*index\.ts\(3,14\): error TS2322: Type 'Uint8Array/)]);
});
