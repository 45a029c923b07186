import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log, Result } from 'sarif';
import { describe, expect, it } from 'vitest';
import { SarifLog } from '../../src/cli/check/reporters/sarif.ts';
import type { Diagnostic } from '../../src/index.ts';
import { rawZip } from '../document/raw-zip.ts';
import { folderOf, plainDefinition } from '../folder.ts';
import { validate } from '../sarif-multitool.ts';
import { workflowToMend } from './mended-workflow.ts';
import { certflow } from './run.ts';

const canary = 'CANARY-7f3a';
const position = (line: number, column: number) => ({ line, column, offset: 0 });

/** Findings of many kinds; every field that may hold a secret holds a canary. */
const wrong = workflowToMend({
  parameters: { p: { type: 'SecureString' } },
  authentication: { password: canary, secret: canary },
  call: {
    metadata: { 'certflow-ignore': { 'oauth-credentials': 'a test' } },
    runAfter: { Get_secret: ['Succeeded'], Gone: ['Succeeded'] },
  },
  actions: {
    Basic: {
      type: 'Http',
      inputs: { method: 'GET', uri: 'https://x', authentication: { type: 'Basic', username: canary, password: canary } },
      runAfter: {},
    },
    Raw: {
      type: 'Http',
      inputs: { method: 'GET', uri: 'https://x', authentication: { type: 'Raw', value: `@base64('${canary}')` } },
      runAfter: {},
    },
    Kind: {
      type: 'Http',
      inputs: { method: 'GET', uri: 'https://x', authentication: { type: 'Basix', username: canary, password: canary } },
      runAfter: {},
    },
  },
});

async function sarifOf(path: string, ...args: string[]): Promise<{ text: string; log: Log; results: Result[] }> {
  const { stdout } = await certflow('check', path, '--format', 'sarif', ...args);
  const log: Log = JSON.parse(stdout);
  return { text: stdout, log, results: log.runs[0]?.results ?? [] };
}

/** What the Multitool may say, and why. */
const explained = [
  // The project has no published address that the log could name.
  /^SARIF2005 warning: .*informationUri/,
];

/** What it says beyond that. A log that it cannot read it takes in silence: that it says the one thing shows that it has read it. */
function unexplained(said: readonly string[]): string[] {
  const [known] = explained;
  expect(said).toContainEqual(expect.stringMatching(known as RegExp));
  return said.filter((line) => / (error|warning): |^failure/.test(line) && !explained.some((pattern) => pattern.test(line)));
}

describe('certflow check --format sarif', () => {
  it("is accepted by Microsoft's Multitool", async (context) => {
    const folder = folderOf({
      'flow/a b#ü.json': wrong,
      'fine.json': plainDefinition,
      'p.zip': rawZip([{ name: 'w.json', contents: JSON.stringify(wrong) }]),
      'broken.json':
        '{ "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#", "triggers": {,',
      'certflow.check.yaml': 'ignore: [{ rule: run-after, files: [p.zip], reason: old }, { rule: names, reason: none }]',
    });
    const { text, results } = await sarifOf(folder);
    const rules = new Set(results.map(({ ruleId }) => ruleId));
    for (const rule of ['run-after', 'get-secret-outputs', 'suppression', 'document-syntax']) expect(rules).toContain(rule);
    expect(results.filter(({ fixes }) => fixes)).not.toEqual([]);
    expect(results.filter(({ suppressions }) => suppressions)).not.toEqual([]);
    expect(unexplained(validate(context, text))).toEqual([]);
  });

  it('and the Multitool does refuse what is no good log', async (context) => {
    const { log } = await sarifOf(join(folderOf({ 'a.json': wrong }), 'a.json'));
    const [run] = log.runs;
    const results = run?.results?.map((result) => ({ ...result, ruleIndex: 99 }));
    expect(unexplained(validate(context, JSON.stringify({ ...log, runs: [{ ...run, results }] })))).not.toEqual([]);
  });

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

it('the way of a secret becomes a code flow', async (context) => {
  const step = (message: string, line: number) => ({
    message,
    file: 'flows/a.json',
    pointer: `/actions/A${line}`,
    range: { start: position(line, 1), end: position(line, 5) },
  });
  const diagnostic: Diagnostic = {
    rule: 'get-secret-outputs',
    severity: 'warning',
    category: 'security',
    docs: '',
    ...step('it shows', 3),
    path: [step('"Get_secret" reads it', 1), step('it shows', 3)],
  };
  const log = new SarifLog();
  log.add({ diagnostics: [diagnostic], suppressed: [] }, () => undefined);
  const [result] = log.toJson().runs[0]?.results ?? [];
  expect(result?.codeFlows?.[0]?.threadFlows[0]?.locations.map(({ location }) => location)).toEqual([
    {
      message: { text: '"Get_secret" reads it.' },
      logicalLocations: [{ fullyQualifiedName: '/actions/A1' }],
      physicalLocation: {
        artifactLocation: { uri: 'flows/a.json', uriBaseId: '%SRCROOT%' },
        region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 5 },
      },
    },
    expect.objectContaining({ message: { text: 'It shows.' } }),
  ]);
  expect(unexplained(validate(context, JSON.stringify(log.toJson())))).toEqual([]);
});
