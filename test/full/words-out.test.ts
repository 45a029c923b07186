import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { certflow } from '../cli/run.ts';
import { type CorpusRecord, corpusFiles } from '../corpus/record.ts';
import { folderOf } from '../folder.ts';
import { corpusLines } from '../shared.ts';
import { part } from '../sweep.ts';

const word = 'cAn4ry';
const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJ${word}0000000.${word}_abcdefghij`;
const signed = `https://user:${word}@a.example/x?sp=r&sig=${word}0123456789abcdefghijkl`;
/** A name that would be lines of their own, commands to CI, and paint. */
const name = 'x\n::add-mask::y\r\n##vso[task.prependpath]z\u2028##[error]\u001b[8m\u202e';

/** The definition with secrets and hostile names beside what it has; findings about it stand in the same file, or the same line. */
function planted(definition: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const call = (inputs: object, more: object = {}) => ({
    type: 'Http',
    inputs: { method: 'GET', uri: 'https://a.example', ...inputs },
    ...more,
  });
  return {
    ...definition,
    description: `${name} ${'long '.repeat(100)}`,
    parameters: {
      ...(definition.parameters as object),
      password: { type: 'SecureString', defaultValue: `${word}-plain` },
      [name]: { type: 'Strin', defaultValue: jwt },
    },
    actions: {
      ...(definition.actions as object),
      [name]: { type: 'Compose', inputs: `@variables('${name}')`, runAfter: { [`${name}2`]: ['Succeeded'] } },
      [jwt]: { type: 'Compose', inputs: `@body('${jwt}2')`, runAfter: {} },
      Cookie: call({
        headers: { Cookie: `${word}=1`, 'x-api-key': `${word}0123456789`, Authorization: `Basic ${word}0123456789` },
      }),
      Address: call(
        { uri: signed, body: { client_secret: word, text: `client_secret=${word}&a=b` } },
        { runAfter: { Gone: ['Failed'] } },
      ),
      Variable: {
        type: 'InitializeVariable',
        inputs: { variables: [{ name: 'token', type: 'string', value: word }] },
        runAfter: {},
      },
      Line: 'a line',
      Sign_in: call({
        headers: { Cookie: word },
        body: { accessToken: word },
        authentication: {
          type: 'ActiveDirectoryOAuth',
          authority: 'https://login.microsoftonline.com/x',
          pfx: word,
          password: word,
        },
        runtimeConfiguration: { secureData: { properties: ['inputs'] } },
      }),
    },
  };
}

/** An action on one short line: the finding about it shows all of it. */
const line = `{ "type": "Compose", "inputs": { "a": "@body('Gone')", "clientSecret": "${word}" }, "runAfter": {} }`;

/** Two ways to write the same: an escape in a name changes nothing of what it says. */
const writings: readonly ((value: unknown) => string)[] = [
  (value) => JSON.stringify(value).replace('"a line"', line),
  (value) => JSON.stringify(value, null, 2).replace('"a line"', line).replaceAll('authentication', 'authenticati\\u006fn'),
];

const ways = [
  [],
  ['--json'],
  ['--format', 'github'],
  ['--format', 'sarif'],
  ['--summary'],
  ['--summary', '--json'],
  ['--rule', 'run-after', '--severity', 'error'],
  ['--fix', '--dry-run'],
  ['--fix', '--dry-run', '--json'],
  ['--fix', '--dry-run', '--format', 'sarif'],
  ['--fix'],
];

/** What a line begins with that CI takes for a command, but for those of the reporter that is made of them. */
function commands(text: string): string[] {
  return text
    .split('\n')
    .filter(
      (line) => (/^\s*::/.test(line) && !/^::(?:error|warning|notice) (?:file=|title=)/.test(line)) || /##(?:vso)?\[/i.test(line),
    );
}

const combinations = writings.flatMap((writing) => ways.map((way) => ({ writing, way })));

/** Each record in two of the combinations, all of them in turn. */
function* cases(records: readonly CorpusRecord[]) {
  for (const [index, record] of records.entries())
    for (const at of [index, index + writings.length * 3 + 1])
      yield { record, ...(combinations[at % combinations.length] as (typeof combinations)[0]) };
}

test('no output of a check holds a planted secret, a command to CI or what steers a terminal', async (context) => {
  const records = corpusFiles.flatMap((file) => corpusLines<CorpusRecord>(context, file));
  const file = join(folderOf({}), 'a.json');
  let count = 0;
  for (const { record, writing, way } of part(cases(records))) {
    writeFileSync(file, writing(planted(record.definition as Record<string, unknown>)));
    const { stdout, stderr } = await certflow('check', file, ...way);
    const said = `${stdout}${stderr}`;
    const where = `${record.repo} ${record.path} ${way.join(' ')}`;
    expect(said, where).toMatch(/finding|error|warning|workflow/i);
    expect(said, where).not.toContain(word);
    expect(commands(said), where).toEqual([]);
    expect(said, where).not.toMatch(/(?![\t\n])[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
    count++;
  }
  expect(count).toBeGreaterThan(0);
});
