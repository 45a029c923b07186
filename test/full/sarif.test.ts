import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SarifLog } from '../../src/cli/check/reporters/sarif.ts';
import type { Diagnostic } from '../../src/index.ts';
import { sarifOf, wrong } from '../cli/sarif-of.ts';
import { rawZip } from '../document/raw-zip.ts';
import { folderOf, plainDefinition } from '../folder.ts';
import { validate } from '../sarif-multitool.ts';

const position = (line: number, column: number) => ({ line, column, offset: 0 });

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
