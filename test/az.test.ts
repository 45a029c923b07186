import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { troubles } from '../src/troubles/troubles.ts';
import { azCalls, azProblem } from './az.ts';

test.each([
  ['az ad sp create --id <client id>', undefined],
  ['az keyvault certificate recover --vault-name kv -n c --only-show-errors', undefined],
  ['az ad sp crate --id x', 'there is no command "az ad sp crate" in the reference'],
  ['az ad sp create --ident x', '"az ad sp create" has no --ident'],
  ['az keyvault certificate pending merge --file a --nmae b', '"az keyvault certificate pending merge" has no --nmae'],
  ['az login --tenant=x', undefined],
])('%s', (line, problem) => {
  expect(azCalls(line).map(azProblem)).toEqual([problem]);
});

test('calls are found in quotes, in backticks, in scripts and in sentences', () => {
  const text =
    'Run "az login --tenant <tenant>", then `az account list`.\nx=$(az ad sp list --filter "a b" --query [0] -o tsv) && az logout';
  expect(azCalls(text)).toEqual([
    ['login', '--tenant', '<tenant>'],
    ['account', 'list'],
    ['ad', 'sp', 'list', '--filter', '"a b"', '--query', '[0]', '-o', 'tsv'],
    ['logout'],
  ]);
});

test('the Azure CLI has every command that a cure names, with its options', () => {
  const told = troubles.flatMap(({ code, cause, cure, callerCure = '' }) =>
    azCalls(`${cause}\n${cure}\n${callerCure}`).map((words) => ({ code, call: words.join(' '), problem: azProblem(words) })),
  );
  expect(told.length).toBeGreaterThan(15);
  expect(told.filter(({ problem }) => problem !== undefined)).toEqual([]);
});

/** A family of commands that a page names, and no call. */
const families = new Set(['bicep', 'cloud set']);

test.each(['README.md', ...globSync('{docs,templates,test/golden}/**/*.{md,hbs,sh}')].sort())(
  'it has every one that %s names',
  (file) => {
    const text = readFileSync(file, 'utf8').replaceAll(/\{\{[^}]*\}\}/g, '<value>');
    const problems = azCalls(text).map((words) => (families.has(words.join(' ')) ? undefined : azProblem(words)));
    expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
  },
);
