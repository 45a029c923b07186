import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { exportPackage, loadSpec, zip } from '../../src/index.ts';
import { folderOf } from '../folder.ts';

/** A table as Dataverse exports one, of some 6 kB. */
function table(index: number): string {
  const columns = Array.from({ length: 30 }, (_, at) => {
    const name = `cto_a${at}`;
    return `<attribute PhysicalName="${name}"><Type>nvarchar</Type><Name>${name}</Name><LogicalName>${name}</LogicalName><RequiredLevel>none</RequiredLevel><DisplayMask>ValidForForm</DisplayMask></attribute>\n`;
  });
  return `<Entity><Name>cto_t${index}</Name><EntityInfo><entity Name="cto_t${index}"><attributes>\n${columns.join('')}</attributes></entity></EntityInfo></Entity>\n`;
}

/** An example's solution with so many megabytes of tables in its customizations.xml. */
async function solutionOf(megabytes: number): Promise<string> {
  const spec = await loadSpec('examples/sharepoint.certflow.yaml');
  const packed = unzipSync(exportPackage(spec, { format: 'solution', environment: 'dev' }));
  const count = Math.ceil((megabytes * 1e6) / table(0).length);
  const tables = `<Entities>${Array.from({ length: count }, (_, index) => table(index)).join('')}</Entities>`;
  const before = new TextDecoder().decode(packed['customizations.xml']);
  const customizations = before.replace(/<Entities\s*\/>|<Entities>\s*<\/Entities>/, () => tables);
  expect(customizations.length).toBeGreaterThan(megabytes * 1e6);
  const files = Object.entries({ ...packed, 'customizations.xml': customizations }).map(([path, contents]) => ({
    path,
    contents,
  }));
  const file = join(folderOf({}), 'large.zip');
  writeFileSync(file, zip(files));
  return file;
}

const works = {
  check: 'console.log((await certflow.checkFile(file)).length)',
  convert: "console.log(certflow.zip(certflow.convert(await certflow.open(file, { contents: 'all' }), 'solution')).length)",
};

/** The memory of a process that does nothing else, at its most; MiB. */
function peakOf(work: keyof typeof works, file: string): number {
  const script = `
    import * as certflow from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)};
    const file = ${JSON.stringify(file)};
    ${works[work]};
    console.log(process.resourceUsage().maxRSS);
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const [result, peak] = stdout.trim().split('\n').map(Number);
  expect([result, stderr]).toEqual([expect.any(Number), '']);
  return (peak ?? Number.NaN) / 1024;
}

test.each<[keyof typeof works, number]>([
  ['check', 300],
  ['convert', 500],
])('%s of a solution of 9 MB takes at most %d MiB, and no more for each megabyte than that', async (work, most) => {
  const empty = peakOf(work, await solutionOf(0.01));
  const perMegabyte = (most - empty) / 9;
  for (const megabytes of [2, 4, 8, 9])
    expect([megabytes, peakOf(work, await solutionOf(megabytes))]).toEqual([
      megabytes,
      // What is small is not collected at once.
      expect.toSatisfy((peak: number) => peak <= empty + Math.max(megabytes, 4) * perMegabyte),
    ]);
});
