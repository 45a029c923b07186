import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { certflow, commandOf } from '../../src/next/command-line.ts';
import { inCall, jsonInCall, wordsInCall } from '../../src/next/in-call.ts';

const call = {
  program: ['npx', 'certflow'],
  specs: ['flows/hr.yaml'],
  environments: ['dev'],
  target: 'standard',
  cloud: [['--cloud-file', 'azure/cloud.json'], ['--device-code']],
} as const;

describe('a command in a text', () => {
  test.each([
    [
      'run "certflow setup", which makes it',
      'run "npx certflow setup flows/hr.yaml -e dev --cloud-file azure/cloud.json --device-code", which makes it',
    ],
    [
      '`certflow deploy --run` starts it',
      '`npx certflow deploy flows/hr.yaml -e dev --target standard --run --cloud-file azure/cloud.json --device-code` starts it',
    ],
    [
      '"certflow setup <spec>" does',
      '"npx certflow setup flows/hr.yaml -e dev --cloud-file azure/cloud.json --device-code" does',
    ],
    [
      '"certflow runs show" lists them',
      '"npx certflow runs show latest flows/hr.yaml -e dev --target standard --cloud-file azure/cloud.json --device-code" lists them',
    ],
    [
      '"certflow runs cancel 08 other.yaml"',
      '"npx certflow runs cancel 08 other.yaml -e dev --target standard --cloud-file azure/cloud.json --device-code"',
    ],
    ['"certflow export --format solution"', '"npx certflow export flows/hr.yaml -e dev --format solution"'],
    ['"certflow pipeline --for github"', '"npx certflow pipeline flows/hr.yaml --for github"'],
    [
      '       certflow cert rotate',
      '       npx certflow cert rotate flows/hr.yaml -e dev --cloud-file azure/cloud.json --device-code',
    ],
    ['Look: "certflow cert inspect <file>".', 'Look: "npx certflow cert inspect <file>".'],
    ['"certflow explain AADSTS700027" and `certflow check .`', '"npx certflow explain AADSTS700027" and `npx certflow check .`'],
  ])('%s', (text, expected) => {
    expect(inCall(text, call)).toBe(expected);
    // What is complete is not made longer.
    expect(inCall(expected, call)).toBe(expected);
  });

  test.each(['certflow init asks questions', 'what certflow generates', 'the key of "certflow" is', 'a "certflow'])(
    '%s: none',
    (text) => expect(inCall(text, call)).toBe(text),
  );

  test('what it names itself stays', () => {
    const own = '"certflow deploy b.yaml -e prod -t consumption --cloud-file=c.json"';
    expect(inCall(own, { ...call, cloud: [['--cloud-file', 'azure/cloud.json']], program: ['certflow'] })).toBe(own);
  });

  test('several specs and environments: a command that takes one says so', () => {
    const several = { specs: ['a.yaml', 'b.yaml'], environments: ['dev', 'prod'] };
    expect(inCall('"certflow status"', several)).toBe('"certflow status a.yaml b.yaml -e dev prod"');
    expect(inCall('"certflow snippet"', several)).toBe('"certflow snippet <spec> -e <environment>"');
  });

  test('a path that needs quotes does not end those around it', () => {
    expect(inCall('run "certflow setup": it', { specs: ['my flow/hr.yaml'] })).toBe('run `certflow setup "my flow/hr.yaml"`: it');
  });

  test('of somebody else is none', () => {
    expect(wordsInCall([['said ', { value: '"certflow setup"' }, ' "certflow setup"']], { specs: ['a.yaml'] })).toEqual([
      ['said ', { value: '"certflow setup"' }, ' "certflow setup a.yaml"'],
    ]);
  });

  test('in JSON, where a person is told', () => {
    expect(jsonInCall('cure', 'run "certflow setup"', call)).toContain('flows/hr.yaml');
    expect(jsonInCall('command', 'certflow cert rotate', call)).toContain('npx certflow cert rotate flows/hr.yaml');
    expect(jsonInCall('contents', 'run "certflow setup"', call)).toBe('run "certflow setup"');
  });
});

test.each([
  ['my flow/hr.yaml'],
  ["it's $HOME/`x`/hr.yaml"],
  ['a "quoted" one.yaml'],
  ['-dashed.yaml'],
  ['back\\slash.yaml'],
  ['!history.yaml'],
])('bash takes %s as it is', (path) => {
  const command = certflow({ program: ['printf', '%s\\n'], specs: [path] }, 'setup');
  const { stdout } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
  expect(stdout.split('\n').at(1)).toBe(path.startsWith('-') ? `./${path}` : path);
});

test('what stands for something stays', () => {
  expect(commandOf('certflow', 'cert', 'create', '--subject', 'CN=<name>', '<new file>')).toBe(
    'certflow cert create --subject CN=<name> <new file>',
  );
});
