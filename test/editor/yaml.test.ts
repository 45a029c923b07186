import { describe, expect, test } from 'vitest';
import { completeYaml, hoverYaml, problemsOfYaml, type YamlKind } from '../../src/editor/yaml.ts';
import { yamlPlaceAt } from '../../src/editor/yaml-place.ts';
import { withCursor } from './edited.ts';

describe('where something is written', () => {
  const place = (marked: string) => {
    const { text, offset } = withCursor(marked);
    return yamlPlaceAt(text, offset);
  };
  test.for<[marked: string, path: (string | number)[] | undefined, isValue?: boolean, begun?: string]>([
    ['|', []],
    ['na|', [], false, 'na'],
    ['name: |', ['name'], true],
    ['trigger:\n  |', ['trigger']],
    ['trigger:\n  recurrence:\n    frequency: Da|', ['trigger', 'recurrence', 'frequency'], true, 'Da'],
    ['requests:\n  - name: a\n    |', ['requests', 0]],
    ['requests:\n  - name: a\n  - |', ['requests', 1]],
    ['requests:\n- name: a\n- na|', ['requests', 1], false, 'na'],
    ['requests:\n- name: a\n  method: |', ['requests', 0, 'method'], true],
    ['requests:\n- name: a\ntargets:\n  |', ['targets']],
    ['a:\n  - - b: 1\n      |', ['a', 0, 0]],
    ['"my key":\n  |', ['my key']],
    ['description: |\n  text: \n  more|'.replace(': |', ': >'), undefined],
    ['name: x # |', undefined],
    ['# c\n\na:\n  # d\n  |', ['a']],
    ['url: https://contoso.com\n|', []],
    ['a: { |', undefined],
  ])('%j', ([marked, path, isValue = false, begun = '']) => {
    expect(place(marked)).toEqual(path && { path, isValue, begun });
  });
});

const labels = (kind: YamlKind, marked: string) => {
  const { text, offset } = withCursor(marked);
  return completeYaml(kind, text, offset)?.proposals.map(({ label }) => label) ?? [];
};

test('proposes the keys of a spec that are not there yet', () => {
  expect(labels('spec', 'name: x\n|')).toEqual(expect.arrayContaining(['trigger', 'requests', 'environments']));
  expect(labels('spec', 'name: x\n|')).not.toContain('name');
  expect(labels('spec', 'requests:\n  - name: a\n    |')).toEqual(expect.arrayContaining(['url', 'method', 'audience']));
});

test('proposes the values that the schema names', () => {
  expect(labels('spec', 'requests:\n  - name: a\n    method: |')).toContain('GET');
});

test('proposes what a test file has', () => {
  expect(labels('test', 'cases:\n  - name: a\n    expect:\n      |')).toEqual(
    expect.arrayContaining(['status', 'actions', 'requests']),
  );
});

test('says what a key is', () => {
  const { text, offset } = withCursor('name: x\ndescr|iption: y');
  expect(hoverYaml('spec', text, offset)).toContain('256');
});

test('finds the mistakes of each kind of file', () => {
  expect(problemsOfYaml('spec', 'name: x\nrequest: []', 'certflow.yaml', []).map(({ rule }) => rule)).toContain('spec-shape');
  expect(problemsOfYaml('test', 'case: []', 'a.certflow-test.yaml', []).map(({ rule }) => rule)).toContain('test-file');
  expect(problemsOfYaml('check', 'ignore:\n  - rule: nonsense\n    reason: r', 'certflow.check.yaml', ['names'])).toHaveLength(1);
  expect(problemsOfYaml('check', 'ignore:\n  - rule: names\n    reason: r', 'certflow.check.yaml', ['names'])).toEqual([]);
});
