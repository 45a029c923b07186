import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { badOutput, checkFixture, pagePath } from '../../scripts/rule-page.ts';
import { rules } from '../../src/check/rules/index.ts';
import { packageRules } from '../../src/formats/package-rules.ts';
import { expectGolden, expectNothingStale } from '../golden.ts';

function readPage(name: string): string {
  if (!existsSync(pagePath(name))) expect.fail(`the page docs/rules/${name}.md is missing`);
  return readFileSync(pagePath(name), 'utf8');
}

describe.each(rules.map(({ name }) => name))('%s', (name) => {
  test('its bad example has the findings that expected.txt shows, and no other rule has an error there', () => {
    const { diagnostics } = checkFixture(name, 'bad.json');
    expect(diagnostics.filter(({ rule }) => rule === name)).not.toEqual([]);
    expect(diagnostics.filter(({ rule, severity }) => rule !== name && severity === 'error')).toEqual([]);
    const fixture = `test/fixtures/rules/${name}`;
    expectGolden(`${fixture}/expected.txt`, badOutput(name));
    expectNothingStale(fixture, ['bad.json', 'good.json', 'expected.txt']);
  });

  test('its good example has no finding of any rule', () => {
    expect(checkFixture(name, 'good.json').diagnostics).toEqual([]);
  });

  test('its page has both examples (test/docs.test.ts holds them true), and names its evidence', () => {
    const page = readPage(name);
    const parts = ['summary', 'bad', 'good'].map((part) => `<!-- begin rule ${part} ${name} -->`);
    expect(page.startsWith(`# ${name}\n\n${parts[0]}\n`)).toBe(true);
    expect(page.match(/<!-- begin .* -->/g)).toEqual(parts);
    expect(page).toMatch(/^Evidence: .{20,}/m);
  });
});

test('no fixture and no page is left of a rule that is gone', () => {
  const names = rules.map(({ name }) => name).sort();
  expect(new Set(names).size).toBe(names.length);
  expect(readdirSync(new URL('../fixtures/rules', import.meta.url)).sort()).toEqual(names);
  const pages = [...names, ...packageRules.map(({ name }) => name)].map((name) => `${name}.md`);
  expect(readdirSync(new URL('../../docs/rules', import.meta.url)).filter((page) => !pages.includes(page))).toEqual([]);
});

test.each(packageRules)('the page of $name says what it is, with examples and evidence', ({ name, summary }) => {
  const page = readPage(name);
  expect(page.startsWith(`# ${name}\n\n${summary}.\n\nSeverity: `)).toBe(true);
  for (const part of ['## Bad', '## Good', 'Evidence: ']) expect(page).toContain(part);
});

test('every message is one lower-case sentence without a full stop', () => {
  for (const { name } of rules) {
    for (const { message, help } of checkFixture(name, 'bad.json').diagnostics) {
      // A capital letter starts a word that is written so: the name of a host, an option, a type.
      expect(message, name).not.toMatch(/^(A|An|The|This|There|It|No|Expected|Argument|Write)\b|\.$/);
      expect(help ?? 'help', name).not.toMatch(/\.$/);
    }
  }
});
