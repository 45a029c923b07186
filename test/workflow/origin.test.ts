import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/index.ts';
import { buildWorkflow } from '../../src/workflow/build.ts';
import { toSpecDiagnostic } from '../../src/workflow/origin.ts';
import { baseSpec, specOf } from '../specs.ts';

const spec = specOf({
  requests: [{ name: 'Get lists', url: 'https://contoso.sharepoint.com/x', timeout: 'PT1M', body: { a: [1] } }],
  actions: { Keep: { type: 'Compose', inputs: { a: 1 } } },
  targets: { consumption: { ...baseSpec.targets.consumption, actions: { Send: { type: 'Compose', inputs: 2 } } } },
});
const workflow = buildWorkflow(spec, 'consumption');

test.each([
  ['/actions/Get_lists/inputs/uri', '/requests/0/url'],
  ['/actions/Get_lists/inputs/body/a/0', '/requests/0/body/a/0'],
  ['/actions/Get_lists/inputs/authentication/audience', '/requests/0/audience'],
  ['/actions/Get_lists/limit/timeout', '/requests/0/timeout'],
  ['/actions/Get_lists/runAfter/X', '/requests/0/runAfter/X'],
  ['/actions/Get_lists', '/requests/0/name'],
  ['/actions/Keep/inputs/a', '/actions/Keep/inputs/a'],
  ['/actions/Send/inputs', '/targets/consumption/actions/Send/inputs'],
  ['/actions/Get_secret', ''],
  ['/triggers/manual/inputs/schema', '/trigger/manual/schema'],
  ['/description', '/description'],
  ['/parameters/x', ''],
])('%s comes from %s', (pointer, origin) => {
  const diagnostic: Diagnostic = { rule: 'x', severity: 'error', category: 'correctness', message: '', pointer, docs: '' };
  expect(toSpecDiagnostic(diagnostic, spec, workflow)).toMatchObject({
    pointer: origin,
    file: 'certflow.yaml',
    range: { start: { line: 1 } },
  });
});
