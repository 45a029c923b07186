import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { badOutput, checkFixture, pagePath } from '../../scripts/rule-page.ts';
import { rules } from '../../src/check/rules/index.ts';
import { packageRules } from '../../src/formats/reading/package-rules.ts';
import { check } from '../../src/index.ts';
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

  test('its page has the example and its cure (test/docs.test.ts holds them true), and names its evidence', () => {
    const page = readPage(name);
    const parts = ['summary', 'bad', 'cure'].map((part) => `<!-- begin rule ${part} ${name} -->`);
    expect(page.startsWith(`# ${name}\n\n${parts[0]}\n`)).toBe(true);
    expect(page.match(/<!-- begin .* -->/g)).toEqual(parts);
    expect(page).toMatch(/^Evidence: .{20,}/m);
    // An error says how it is known that the service refuses it.
    const { severity } = rules.find((rule) => rule.name === name) ?? {};
    expect(/^Refused: .{20,}/m.test(page)).toBe(severity === 'error');
    // The wrong line is marked, in a part of the workflow; the cure is a diff.
    expect(page).toMatch(/^.+ \/\/ <-- here$/m);
    expect(page).toMatch(/```diff\n[^`]*^[-+] /m);
    expect(/```jsonc\n[\s\S]*?```/.exec(page)?.[0]).not.toContain('contentVersion');
  });
});

test('no fixture and no page is left of a rule that is gone', () => {
  const names = rules.map(({ name }) => name).sort();
  expect(new Set(names).size).toBe(names.length);
  expect(readdirSync(new URL('../fixtures/rules', import.meta.url)).sort()).toEqual(names);
  const pages = [...names, ...packageRules.map(({ name }) => name), 'README'].map((name) => `${name}.md`);
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

describe('what a finding is about, as data', () => {
  const findings = rules.flatMap(({ name }) => checkFixture(name, 'bad.json').diagnostics);

  test('has every name that its message quotes', () => {
    for (const { rule, message, about = {} } of findings) {
      const { action, trigger, parameter, output, connection, found, others = [] } = about;
      const told = [action, trigger, parameter, output, connection, found, ...others];
      // The value of a case is no name.
      const quoted = [...message.replace(/the same value, .*/, '').matchAll(/"([^"]*)"/g)].map(([, name]) => name);
      expect([rule, message, quoted.filter((name) => !told.includes(name))]).toEqual([rule, message, []]);
    }
  });

  test('has the word that its help offers, or those that it lists', () => {
    for (const { rule, help = '', about } of findings) {
      const [, offered] = /^did you mean ["`](.*)["`]\?$/.exec(help) ?? [];
      expect([rule, about?.meant]).toEqual([rule, offered]);
      if (offered !== undefined) expect(about?.allowed).toContain(offered);
    }
    expect(findings.filter(({ about }) => about?.meant !== undefined).length).toBeGreaterThan(8);
  });

  test('names the action that the place is in, also where the rule says nothing of it', () => {
    const inActions = findings.filter(({ pointer }) => /\/actions\/[^/]+/.test(pointer));
    expect(inActions.filter(({ about }) => about?.action === undefined)).toEqual([]);
    expect(inActions.length).toBeGreaterThan(60);
  });

  test('shows no secret, also where somebody made one a name', () => {
    const secret = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`;
    const actions = { [secret]: { type: 'Compose', inputs: `@body('${secret.replace('c', 'd')}')` } };
    const found = check({ triggers: {}, actions });
    expect(found.map(({ rule }) => rule)).toContain('unknown-action');
    expect(JSON.stringify(found)).not.toContain('aaaa');
  });

  test('is nothing of an authentication block', () => {
    const authentication = { type: 'Basik', username: "@{secrt('canary')}", password: 'canary' };
    const found = check({
      triggers: {},
      actions: { Call: { type: 'Http', inputs: { method: 'GET', uri: 'https://x', authentication } } },
    });
    expect(found.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['authentication-type', 'unknown-function']));
    expect(JSON.stringify(found)).not.toMatch(/canary|secrt/);
    // The type is a word of letters; what is none may be a secret in the wrong place.
    expect(JSON.stringify(found)).toContain('type \\"Basik\\"');
    const pasted = { Call: { type: 'Http', inputs: { uri: 'https://x', authentication: { type: 'canary-7Q' } } } };
    const ofPasted = check({ triggers: {}, actions: pasted });
    expect(ofPasted.map(({ rule }) => rule)).toContain('authentication-type');
    expect(JSON.stringify(ofPasted)).not.toContain('canary');
  });

  test('is what rules go by, and no rule takes a message apart', () => {
    const sources = globSync('../../src/check/**/*.ts', { cwd: import.meta.dirname }).map((path) => [
      path,
      readFileSync(join(import.meta.dirname, path), 'utf8'),
    ]);
    expect(sources.length).toBeGreaterThan(80);
    const takenApart =
      /message\??\.(?:replace|replaceAll|match|matchAll|split|slice|includes|startsWith|endsWith|indexOf)\(|\.(?:exec|test)\([^()]*\bmessage\)/;
    expect(sources.filter(([, text = '']) => takenApart.test(text)).map(([path]) => path)).toEqual([]);
  });
});
