import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFile, type Diagnostic } from '../../src/index.ts';
import { filesOf, inFolder } from '../corpus/as-files.ts';
import { type CorpusRecord, corpusFiles } from '../corpus/record.ts';
import { corpusLines, sharedFolder } from '../shared.ts';

/**
 * Records with errors that known-broken.json does not list: why each is right, and the rules that may tell it, so that a false error
 * of another kind shows in these too. The part before the first blank is the repository.
 */
const shownBroken: Readonly<Record<string, { readonly rules: readonly string[]; readonly why: string }>> = {
  'yuekui2/azure-quickstart-templates 201-alert-to-queue-with-logic-app/': {
    rules: ['names'],
    why: 'an action named "Send_message.": its deployment fails, and was mended so (Azure/azure-quickstart-templates#5781)',
  },
  'OrangeAVA/Ultimate-Microsoft-Power-Automate-Handbook ': {
    rules: ['operation-type', 'members'],
    why: 'written for a book in shorthand: types such as Action and Delay, variables of type int, and deployed by nobody',
  },
  'Azure/LogicAppsUX __mocks__/workflows/simpleForeach.json': {
    rules: ['stateless'],
    why: 'a test file of the designer; the runtime refuses concurrency there (Azure/logicapps#313)',
  },
  'Azure/logicapps-migration-agent resources/referenceWorkflowsAndConnections/workflows/ServiceProviders/Sql/workflow-action': {
    rules: ['members'],
    why: 'words such as SqlWorkflow_Parameters stand for groups, which the tests that own it put there',
  },
};

function allowed(name: string): readonly string[] {
  return Object.entries(shownBroken).find(([start]) => name.startsWith(start))?.[1].rules ?? [];
}

const errorsIn = (diagnostics: readonly Diagnostic[], rules: readonly string[] = []) =>
  diagnostics
    .filter(({ rule, severity }) => severity === 'error' && !rules.includes(rule))
    .map(({ rule, pointer, message }) => `${rule} ${pointer} ${message}`);

/** What checkFile finds; nothing where there is no workflow: a solution may have classic ones alone, a JSON Schema has none. */
async function check(path: string): Promise<Diagnostic[]> {
  try {
    return await checkFile(path);
  } catch (error) {
    if (error instanceof Error && /holds no workflow\. Name/.test(error.message)) return [];
    throw error;
  }
}

describe('the file or folder that each record was has an error only where it is known to be broken', () => {
  test.for(corpusFiles)('%s', async (file, context) => {
    const broken: { id: string }[] = JSON.parse(
      readFileSync(`${sharedFolder(context)}/corpus/workflows/known-broken.json`, 'utf8'),
    );
    const isBroken = new Set(broken.map(({ id }) => id));
    const seen = new Set<string>();
    let withoutError = 0;
    for (const record of corpusLines<CorpusRecord>(context, file)) {
      const name = `${record.repo} ${record.path}`;
      const found = await inFolder(filesOf(record), check);
      if (isBroken.has(record.id)) expect(errorsIn(found), name).not.toEqual([]);
      else {
        expect(errorsIn(found, allowed(name)), name).toEqual([]);
        if (errorsIn(found).length === 0) withoutError++;
        else seen.add(name);
      }
    }
    expect(withoutError).toBeGreaterThan(0);
    // Each place that is excused is needed.
    const excused = corpusLines<CorpusRecord>(context, file).some(({ repo, path }) => allowed(`${repo} ${path}`).length > 0);
    expect(seen.size > 0).toBe(excused);
  });
});

test('the packages, as they are, have no error', async (context) => {
  const root = `${sharedFolder(context)}/corpus/power-automate`;
  const packages = ['legacy', 'legacy-unpacked', 'solution', 'solution-unpacked'].flatMap((kind) =>
    readdirSync(join(root, kind)).map((name) => join(root, kind, name)),
  );
  expect(packages.length).toBeGreaterThan(20);
  let findings = 0;
  for (const path of packages) {
    const found = await check(path);
    findings += found.length;
    expect(errorsIn(found), path).toEqual([]);
  }
  // They were looked into.
  expect(findings).toBeGreaterThan(0);
});
