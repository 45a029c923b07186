import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rawZip } from '../document/raw-zip.ts';
import { folderOf } from '../folder.ts';
import { certflow } from './run.ts';
import { canary, sarifOf, wrong } from './sarif-of.ts';

describe('certflow check --format sarif', () => {
  it('shows nothing that may be secret', async () => {
    const { text, results } = await sarifOf(join(folderOf({ 'a.json': wrong }), 'a.json'));
    expect(results.length).toBeGreaterThan(5);
    expect(text).not.toContain(canary);
    expect(text).not.toContain('"snippet"');
  });

  it('names the place, and of a file in a package the package', async () => {
    const folder = folderOf({ 'a b.json': wrong, 'p.zip': rawZip([{ name: 'w.json', contents: JSON.stringify(wrong) }]) });
    const { results } = await sarifOf(folder, '--rule', 'run-after');
    const [alone, packed] = results.map(({ locations }) => locations?.[0]);
    expect(alone?.physicalLocation).toEqual({
      artifactLocation: { uri: expect.stringMatching(/^file:\/\/\/.*\/a%20b\.json$/) },
      region: { startLine: 1, startColumn: expect.any(Number), endLine: 1, endColumn: expect.any(Number) },
    });
    expect(packed?.physicalLocation).toMatchObject({
      artifactLocation: { uri: expect.stringMatching(/\/p\.zip$/) },
      region: { startLine: 1 },
    });
    expect(packed?.logicalLocations).toEqual([{ fullyQualifiedName: 'w.json#/actions/Call/runAfter/Gone' }]);
  });

  it('has fixes that do what --fix does', async () => {
    const file = join(folderOf({ 'a.json': JSON.stringify(wrong, null, 2) }), 'a.json');
    const { results } = await sarifOf(file, '--rule', 'pfx-straight');
    let lines = readFileSync(file, 'utf8').split('\n');
    const replacements = results.flatMap(({ fixes }) => fixes?.[0]?.artifactChanges[0]?.replacements ?? []);
    expect(replacements.map(({ insertedContent }) => insertedContent)).toEqual([undefined, undefined]);
    for (const { deletedRegion: region } of replacements.toReversed()) {
      const at = (region.startLine ?? 0) - 1;
      const line = lines[at] as string;
      lines = lines.with(at, line.slice(0, (region.startColumn ?? 0) - 1) + line.slice((region.endColumn ?? 0) - 1));
    }
    await certflow('check', file, '--fix', '--rule', 'pfx-straight');
    expect(readFileSync(file, 'utf8')).toBe(lines.join('\n'));
  });

  it('has fingerprints that stay when lines move, and differ from each other', async () => {
    const file = join(folderOf({ 'a.json': wrong }), 'a.json');
    const prints = async () => (await sarifOf(file)).results.map((result) => result.partialFingerprints?.['certflow/v1']);
    const before = await prints();
    expect(new Set(before).size).toBe(before.length);
    writeFileSync(file, `\n\n${JSON.stringify(wrong, null, 4)}`);
    expect(await prints()).toEqual(before);
  });

  it('marks what is suppressed', async () => {
    const { results } = await sarifOf(join(folderOf({ 'a.json': wrong }), 'a.json'), '--rule', 'oauth-credentials');
    expect(results.length).toBeGreaterThan(0);
    for (const { suppressions } of results)
      expect(suppressions).toEqual([{ kind: 'inSource', status: 'accepted', justification: 'a test' }]);
  });
});
