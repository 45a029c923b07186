import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, plainDefinition } from '../folder.ts';
import { certflow } from './run.ts';

/** An error, a warning, and a secret beside them on the same line. */
const wrong = {
  ...plainDefinition,
  actions: {
    Call: {
      type: 'Http',
      inputs: {
        method: 'GET',
        uri: 'https://x',
        authentication: {
          type: 'ActiveDirectoryOAuth',
          tenant: 't',
          clientId: 'c',
          audience: 'https://graph.microsoft.com',
          secret: 'hush-hush',
        },
      },
      runAfter: { Gone: ['Succeeded'] },
    },
  },
};
const files = { 'good.json': plainDefinition, 'wrong.json': wrong, 'none.json': { a: 1 } };

describe('certflow check', () => {
  it('says nothing but the count of what is fine', async () => {
    const { code, stdout, stderr } = await certflow('check', join(folderOf(files), 'good.json'));
    expect([code, stdout, stderr]).toEqual([0, '', '1 file, 1 workflow: no findings\n']);
  });

  it('shows findings with their place, and exits with 1', async () => {
    const folder = folderOf(files);
    const { code, stdout, stderr } = await certflow('check', folder);
    expect(code).toBe(1);
    expect(stdout).toContain(`${join(folder, 'wrong.json')}:1:`);
    expect(stdout).toContain('[run-after]');
    expect(stdout).toContain('^~~~~~');
    expect(stderr).toMatch(/^2 files, 2 workflows: 1 error, \d+ warnings?, \d+ info\n$/);
  });

  it.each(['pretty', 'json', 'github'])('echoes nothing of an authentication block as %s', async (format) => {
    const { stdout, stderr } = await certflow('check', folderOf(files), '--format', format);
    expect(stdout).toContain('literal-credential');
    expect(stdout + stderr).not.toContain('hush');
  });

  it('prints JSON', async () => {
    const { code, stdout } = await certflow('check', folderOf(files), '--json', '--rule', 'run-after', 'names');
    const { summary, diagnostics } = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(summary).toEqual({ files: 2, workflows: 2, errors: 1, warnings: 0, infos: 0 });
    expect(diagnostics).toMatchObject([{ rule: 'run-after', severity: 'error', pointer: '/actions/Call/runAfter/Gone' }]);
  });

  it('filters by rule and severity', async () => {
    const folder = folderOf(files);
    expect((await certflow('check', folder, '--ignore', 'run-after')).stdout).not.toContain('[run-after]');
    const errors = await certflow('check', folder, '--severity', 'error');
    expect(errors.stdout).toContain('[run-after]');
    expect(errors.stdout).not.toContain('warning');
  });

  it.each([
    [['--ignore', 'run-after'], 1],
    [['--ignore', 'run-after', '--fail-on', 'error'], 0],
    [['--fail-on', 'error'], 1],
    [['--fail-on', 'never'], 0],
    [['--fail-on', 'info', '--rule', 'names'], 0],
  ])('exits with %s as told', async (args, code) => {
    expect((await certflow('check', folderOf(files), ...args)).code).toBe(code);
  });

  it.each([
    [['none.json'], /holds no workflow/],
    [['gone.json'], /no such file/],
    [['good.json', 'none.json'], /none\.json holds no workflow/],
    [['good.json', '--rule', 'run-affter'], /did you mean "run-after"\?/],
    [['good.json', '--fail-on', 'sometimes'], /never/],
    [[], /missing required argument/],
  ])('refuses %s with 2', async (args, message) => {
    const folder = folderOf(files);
    const { code, stderr } = await certflow('check', ...args.map((arg) => (arg.endsWith('.json') ? join(folder, arg) : arg)));
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('certflow rules', () => {
  it('lists every rule, for people and programs', async () => {
    const { code, stdout } = await certflow('rules', '--json');
    const { rules } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(rules).toContainEqual({
      name: 'run-after',
      severity: 'error',
      category: 'correctness',
      summary: expect.any(String),
      docs: 'certflow explain run-after',
    });
    const { stdout: list } = await certflow('rules');
    expect(list.trim().split('\n')).toHaveLength(rules.length);
    expect(list).toMatch(/^run-after +error +correctness +\S/m);
  });
});
