import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { badOutput, checkFixture, fixturePath, pagePath } from '../../scripts/rule-page.ts';
import { rules } from '../../src/check/rules/index.ts';
import { packageRules } from '../../src/formats/reading/package-rules.ts';

describe.each(rules.map(({ name }) => name))('%s', (name) => {
  test('its bad example has the findings that expected.txt shows, and no other rule has an error there', async () => {
    const { diagnostics } = checkFixture(name, 'bad.json');
    expect(diagnostics.filter(({ rule }) => rule === name)).not.toEqual([]);
    expect(diagnostics.filter(({ rule, severity }) => rule !== name && severity === 'error')).toEqual([]);
    expect(existsSync(fixturePath(name, 'expected.txt'))).toBe(true);
    await expect(badOutput(name)).toMatchFileSnapshot(fixturePath(name, 'expected.txt'));
  });

  test('its good example has no finding of any rule', () => {
    expect(checkFixture(name, 'good.json').diagnostics).toEqual([]);
  });

  test('its page has both examples (test/docs.test.ts holds them true), and names its evidence', () => {
    const page = readFileSync(pagePath(name), 'utf8');
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
  const pages = [...names, ...packageRules.map(({ name }) => name)].map((name) => `${name}.md`).sort();
  expect(readdirSync(new URL('../../docs/rules', import.meta.url)).sort()).toEqual(pages);
});

test.each(packageRules)('the page of $name says what it is, with examples and evidence', ({ name, summary }) => {
  const page = readFileSync(new URL(`../../docs/rules/${name}.md`, import.meta.url), 'utf8');
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
