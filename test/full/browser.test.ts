import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import * as certflow from '../../src/index.ts';
import { askPage } from '../browser/chromium.ts';
import type { Told } from '../browser/page.ts';
import { type Log, tour } from '../browser/tour.ts';
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

const examples = Object.fromEntries(
  globSync('examples/*.certflow.yaml', { cwd: root }).map((path) => [basename(path), readFileSync(join(root, path), 'utf8')]),
);

/** Names of what was done where the results differ. */
function differing(one: Log, other: Log): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => one[name] !== other[name]);
}

test('a browser whose policy lets no text run as code makes the same files as Node, byte for byte', async (context) => {
  needsProgram(context, 'chromium', ['--version'], (output) => /Chromium/.test(output));
  const { log = {}, ...told } = (await askPage({ scripts: await bundled(), data: { '/examples': examples } })) as Told;
  expect(told).toEqual({ stopped: [], canEvaluate: false });
  const here = await tour(certflow, examples);
  expect(differing(log, here)).toEqual([]);
  for (const format of certflow.formatNames)
    expect(Object.keys(log).filter((name) => name.startsWith(`sharepoint.certflow.yaml dev ${format} `)).length).toBeGreaterThan(
      0,
    );
});

test('nothing that is built for browsers runs text as code', () => {
  const files = globSync(['dist/browser.js', 'dist/browser/*.js'], { cwd: root });
  expect(files.length).toBeGreaterThan(1);
  expect(files.filter((file) => /\beval\(|\bFunction\(/.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});
