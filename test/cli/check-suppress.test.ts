import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check, generate, parseSpec } from '../../src/index.ts';
import { folderOf, plainDefinition } from '../folder.ts';
import { specText } from '../specs.ts';
import { certflow } from './run.ts';

const call = (more: object = {}) => ({
  type: 'Http',
  inputs: { method: 'GET', uri: 'https://x', authentication: { type: 'Basic', username: 'u', password: 'hush-hush' } },
  runAfter: {},
  ...more,
});
const withCall = (more: object = {}, root: object = {}) => ({ ...plainDefinition, ...root, actions: { Call: call(more) } });
const ignored = (entries: object) => ({ metadata: { 'certflow-ignore': entries } });
const fine = { 'literal-credential': 'a machine in the lab' };

async function checked(...args: string[]) {
  const { code, stdout } = await certflow('check', ...args, '--json');
  const { diagnostics, suppressed } = JSON.parse(stdout);
  const rules = diagnostics
    .map(({ rule }: { rule: string }) => rule)
    .filter((rule: string) => /literal-cred|suppression/.test(rule));
  return { code, rules, diagnostics, suppressed };
}

describe('in the definition', () => {
  const rulesOf = (definition: unknown) =>
    check(definition)
      .filter(({ rule }) => rule === 'literal-credential' || rule === 'suppression')
      .map(({ rule, severity, pointer }) => [rule, severity, pointer]);

  it.each([
    ['an action', withCall(ignored(fine))],
    ['the whole', withCall({}, ignored(fine))],
    [
      'what is around',
      { ...plainDefinition, actions: { S: { type: 'Scope', actions: { Call: call() }, runAfter: {}, ...ignored(fine) } } },
    ],
  ])('%s says what is not to be reported', (_, definition) => {
    expect(rulesOf(withCall())).toHaveLength(1);
    expect(rulesOf(definition)).toEqual([]);
  });

  it('another action says nothing about this one', () => {
    const actions = { Call: call(), Other: { type: 'Compose', inputs: 1, runAfter: {}, ...ignored(fine) } };
    expect(rulesOf({ ...plainDefinition, actions })).toEqual([
      ['literal-credential', 'warning', '/actions/Call/inputs/authentication/password'],
      ['suppression', 'info', '/actions/Other/metadata/certflow-ignore/literal-credential'],
    ]);
  });

  it.each([
    ['no reason', { 'literal-credential': '' }, ['warning', /without a reason/]],
    ['a reason that is no text', { 'literal-credential': true }, ['warning', /without a reason/]],
    ['no such rule', { 'literal-credentials': 'x' }, ['warning', /there is no rule "literal-credentials"/]],
    ['nothing to hide', { ...fine, names: 'x' }, ['info', /no finding of names/]],
  ])('%s is told of', (_, entries, [severity, message]) => {
    const found = check(withCall(ignored(entries))).filter(({ rule }) => rule === 'suppression');
    expect(found).toEqual([expect.objectContaining({ severity, message: expect.stringMatching(message as RegExp) })]);
  });

  it('is counted, and stands in JSON', async () => {
    const folder = folderOf({ 'a.json': withCall(ignored(fine)) });
    const { rules, suppressed } = await checked(folder);
    expect(rules).toEqual([]);
    expect(suppressed).toMatchObject([
      { by: 'definition', reason: 'a machine in the lab', diagnostic: { rule: 'literal-credential' } },
    ]);
    expect((await certflow('check', folder)).stderr).toContain('(1 suppressed)');
  });
});

describe('in certflow.yaml', () => {
  const spec = (ignore: string) => parseSpec(specText(`ignore: ${ignore}\n`));
  const definitionOf = (ignore: string) => JSON.parse(String(generate(spec(ignore), { format: 'definition' })[0]?.contents));

  it('becomes metadata of the definition, and of an action', () => {
    const name = Object.keys(definitionOf('[]').actions)[1] as string;
    const definition = definitionOf(
      `[{ rule: names, reason: whole }, { rule: limits, action: ${name}, reason: one }, { rule: names, action: ${name}, reason: two }]`,
    );
    expect(definition.metadata).toEqual({ 'certflow-ignore': { names: 'whole' } });
    expect(definition.actions[name].metadata).toEqual({ 'certflow-ignore': { limits: 'one', names: 'two' } });
    expect(definitionOf('[]').metadata).toBeUndefined();
  });

  it.each([
    ['[{ rule: names }]', /"reason" is missing/],
    ['[{ rule: names, reason: " " }]', /expected: a sentence/],
    ['[{ rule: names, action: Nobody, reason: x }]', /no request and no action "Nobody"/],
  ])('%s is a mistake', (ignore, message) => {
    expect(() => spec(ignore)).toThrow(message);
  });
});

describe('in certflow.check.yaml', () => {
  const settings = (text: string, files: Record<string, unknown> = { 'old/a.json': withCall(), 'new/a.json': withCall() }) =>
    folderOf({ ...files, 'certflow.check.yaml': text });

  it.each([
    ['everywhere', 'ignore: [{ rule: literal-credential, reason: x }]', 0],
    ['in some files', 'ignore: [{ rule: literal-credential, files: [old/**], reason: x }]', 1],
    ['in an action', 'ignore: [{ rule: literal-credential, action: Call, reason: x }]', 0],
    ['in another action', 'ignore: [{ rule: literal-credential, action: Cal, reason: x }]', 2],
  ])('a rule is ignored %s', async (_, text, left) => {
    const { rules } = await checked(settings(text));
    expect(rules.filter((rule: string) => rule === 'literal-credential')).toHaveLength(left);
  });

  it('counts for a file that is named alone, from above it', async () => {
    const folder = settings('ignore: [{ rule: literal-credential, files: [old/a.json], reason: x }]');
    expect((await checked(join(folder, 'old', 'a.json'))).rules).toEqual([]);
    expect((await checked(join(folder, 'new'))).rules).toEqual(['literal-credential']);
  });

  it('an entry with nothing to hide is told of, once all was looked at', async () => {
    const folder = settings('ignore:\n  - { rule: literal-credential, files: [gone/**], reason: x }');
    const { diagnostics } = await checked(folder);
    expect(diagnostics.at(-1)).toMatchObject({
      rule: 'suppression',
      severity: 'info',
      file: join(folder, 'certflow.check.yaml'),
      range: { start: { line: 2, column: 13 } },
    });
    expect((await checked(join(folder, 'old'))).rules).not.toContain('suppression');
    expect((await checked(folder, '--rule', 'literal-credential')).rules).not.toContain('suppression');
  });

  it.each([
    ['ignore: [{ rule: literal-credential }]', /"reason" is missing/],
    ['ignore: [{ rule: literal-credentials, reason: x }]', /there is no rule "literal-credentials"/],
    ['ignored: []', /unknown key "ignored"/],
    ['ignore: [', /certflow\.check\.yaml:1/],
    ['ignore: &a [*a]', /check\.yaml:1:13: error: \*a is within what it stands for/],
    [`ignore: ${'['.repeat(3000)}`, /check\.yaml:1:208: error: it is nested more than 200 levels deep/],
  ])('%s is a mistake, and nothing is checked', async (text, message) => {
    const { code, stdout, stderr } = await certflow('check', settings(text));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
  });

  it('takes as many aliases as somebody writes', async () => {
    const entries = ['- &a { rule: literal-credential, reason: x }', ...Array<string>(150).fill('- *a')];
    const { code, rules } = await checked(settings(`ignore:\n  ${entries.join('\n  ')}`));
    expect([code, rules.filter((rule: string) => rule !== 'suppression')]).toEqual([0, []]);
  });

  it('--config names another', async () => {
    const folder = folderOf({ 'a.json': withCall(), 'conf/x.yaml': 'ignore: [{ rule: literal-credential, reason: x }]' });
    expect((await checked(folder, '--config', join(folder, 'conf', 'x.yaml'))).rules).toEqual([]);
    expect((await certflow('check', folder, '--config', join(folder, 'gone.yaml'))).code).toBe(2);
  });
});

describe('a baseline', () => {
  it('hides what there is, and not what is new, wherever lines move', async () => {
    const folder = folderOf({ 'a.json': withCall() });
    const [file, baseline] = [join(folder, 'a.json'), join(folder, 'base.json')];
    const options = ['--baseline', baseline];
    expect((await certflow('check', folder, ...options)).code).toBe(2);
    const written = await certflow('check', folder, ...options, '--update-baseline');
    expect([written.code, written.stderr]).toEqual([0, expect.stringMatching(/base\.json remembers \d+ finding/)]);
    expect((await checked(folder, ...options)).code).toBe(0);

    writeFileSync(file, `\n\n${JSON.stringify({ ...plainDefinition, actions: { Call: call(), Call2: call() } }, null, 3)}`);
    const { code, diagnostics, suppressed } = await checked(folder, ...options);
    expect(code).toBe(1);
    expect(diagnostics.every(({ pointer }: { pointer: string }) => pointer.startsWith('/actions/Call2'))).toBe(true);
    expect(suppressed.every(({ by }: { by: string }) => by === 'baseline')).toBe(true);
  });

  it('is written the same whatever the order, holds no secret, and is found by certflow.check.yaml', async () => {
    const folder = folderOf({
      'b/a.json': withCall(),
      'a/a.json': withCall(),
      'certflow.check.yaml': 'baseline: known/base.json',
    });
    await certflow('check', folder, '--update-baseline');
    const path = join(folder, 'known', 'base.json');
    const text = readFileSync(path, 'utf8');
    expect(JSON.parse(text).findings).toContainEqual({
      file: '../a/a.json',
      rule: 'literal-credential',
      pointer: '/actions/Call/inputs/authentication/password',
    });
    expect(text).not.toContain('hush');
    await certflow('check', join(folder, 'b'), join(folder, 'a'), '--update-baseline');
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect((await checked(folder)).code).toBe(0);
  });

  it('tells of what is gone', async () => {
    const folder = folderOf({ 'a.json': withCall() });
    const options = ['--baseline', join(folder, 'base.json')];
    await certflow('check', folder, ...options, '--update-baseline');
    writeFileSync(join(folder, 'a.json'), JSON.stringify(plainDefinition));
    expect((await certflow('check', folder, ...options)).stderr).toMatch(/\d of the baseline (is|are) gone; --update-baseline/);
    expect((await certflow('check', folder)).stderr).not.toContain('gone');
  });

  it.each(['{}', '[]', '{"findings": [{}]}', 'x'])('%s is none', async (text) => {
    const folder = folderOf({ 'a.json': plainDefinition, 'sub/base.json': text });
    const { code, stderr } = await certflow('check', join(folder, 'a.json'), '--baseline', join(folder, 'sub', 'base.json'));
    expect([code, stderr]).toEqual([2, expect.stringMatching(/is no baseline/)]);
  });

  it('is asked for, where none is named, and remembers all rules', async () => {
    const folder = folderOf({ 'a.json': plainDefinition });
    expect((await certflow('check', folder, '--update-baseline')).stderr).toMatch(/which baseline\?/);
    expect((await certflow('check', folder, '--update-baseline', '--rule', 'names')).stderr).toMatch(/leave out --rule/);
  });
});
