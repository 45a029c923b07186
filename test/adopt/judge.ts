import { type Node, parseTree } from 'jsonc-parser';
import { expect } from 'vitest';
import { listActions } from '../../src/definition/walk.ts';
import { UsageError } from '../../src/diagnostics/errors.ts';
import { runDefinition } from '../../src/engine/run.ts';
import {
  type Adoption,
  type Aim,
  adopt,
  type CertificateAim,
  checkDocument,
  type Mock,
  type OpenedDefinition,
  type OpenedDocument,
} from '../../src/index.ts';
import { runnable } from '../../src/test-runner/run-options.ts';
import { automaticMocks } from '../engine/automatic-mocks.ts';

export const aim: CertificateAim & { readonly tenantId: string; readonly clientId: string } = {
  tenantId: '11111111-1111-1111-1111-111111111111',
  clientId: '22222222-2222-2222-2222-222222222222',
  vault: 'kv-contoso',
  certificate: 'api-cert',
};

/** Rules that tell of the sign-ins that adopt rewrites. */
const signInRules =
  /^(?:retired-sign-in|sharepoint-secret|token-request|literal-credential|get-secret-outputs|credential-outputs|plain-credential-parameter|http-secure-inputs)$/;

/** Holds an adoption against what it promises: nothing new is found, what was is gone, the rest is the same, and a second finds nothing. */
export async function judge(before: OpenedDocument, adoption: Adoption, wanted: Aim = aim) {
  const rewritten = adoption.plan.items.filter(({ left }) => left === undefined);
  const told = (document: OpenedDocument) =>
    checkDocument(document).map(({ rule, severity, about, pointer }) => ({
      rule,
      severity,
      at: about?.action ?? about?.trigger ?? pointer,
    }));
  const [old, now] = [told(before), told(adoption.document)];
  // Of an error, a part may be left that is none.
  for (const { rule, severity, at } of now)
    if (severity !== 'info')
      expect(old).toContainEqual({ rule, at, severity: expect.toSatisfy((one) => one === severity || one === 'error') });
  const names = new Set(rewritten.map(({ name }) => name));
  const left = new Set(adoption.plan.items.filter((item) => item.left !== undefined).map(({ name }) => name));
  for (const { rule, at } of now) if (names.has(at) && !left.has(at)) expect(rule).not.toMatch(signInRules);
  for (const file of adoption.files.filter((one) => one.before !== '' && one.path.split('/').at(-1) !== 'parameters.json'))
    for (const place of changedPlaces(file.before, file.after)) expect(place).toMatch(mayChange);
  const again = await adopt(adoption.document, wanted);
  expect(again.plan.items.filter((item) => item.left === undefined)).toEqual([]);
  for (const [index, opened] of before.definitions.entries()) {
    const after = adoption.document.definitions[index];
    if (after) sendsTheSame(withAppParameters(opened), withAppParameters(after), names);
  }
}

/** In Standard, the parameters of the app are those of its workflows. */
function withAppParameters(opened: OpenedDefinition): unknown {
  return opened.host === 'standard' ? runnable(opened, {}).definition : opened.definition;
}

/** The members that may change; everything else of a document is another's. */
const mayChange =
  /\/(?:authentication(?:\/\w+)?|headers(?:\/Authorization)?|runAfter(?:\/[^/]+)?|runtimeConfiguration(?:\/.*)?|actions\/[^/]+|parameters(?:\/[^/]+)?|connectionReferences(?:\/[^/]+)?|value\/[^/]+|resources\/\d+(?:\/(?:identity|dependsOn(?:\/\d+)?))?)$/i;

/** The pointers at which two texts of JSON differ in a byte, each as deep as it can be told; what is equal in bytes is not looked into. */
export function changedPlaces(before: string, after: string): string[] {
  const found: string[] = [];
  const compare = (one: Node, other: Node, pointer: string) => {
    const [old, now] = [
      before.slice(one.offset, one.offset + one.length),
      after.slice(other.offset, other.offset + other.length),
    ];
    if (old === now) return;
    if (one.type !== other.type || (one.type !== 'object' && one.type !== 'array')) {
      found.push(pointer);
      return;
    }
    const [mine, theirs] = [membersOf(one), membersOf(other)];
    for (const key of new Set([...mine.keys(), ...theirs.keys()])) {
      const [left, right] = [mine.get(key), theirs.get(key)];
      const place = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (left && right) compare(left, right, place);
      else found.push(place);
    }
  };
  const [one, other] = [parseTree(before), parseTree(after)];
  if (one && other) compare(one, other, '');
  return found;
}

function membersOf({ type, children = [] }: Node): Map<string, Node> {
  return new Map(
    children.flatMap((child, index): [string, Node][] => {
      if (type === 'array') return [[String(index), child]];
      const [key, value] = child.children ?? [];
      return key && value ? [[String(key.value), value]] : [];
    }),
  );
}

/** Runs a workflow before and after with the same mocks: it sends the same requests but for what signs in. */
function sendsTheSame(before: unknown, after: unknown, tokens: ReadonlySet<string>) {
  const { trigger, mocks } = automaticMocks(before);
  const names = new Set(listActions(before).map(({ name }) => name));
  const gone = new Set(listActions(after).map(({ name }) => name));
  const kept = [...names].filter((name) => gone.has(name));
  const vault = listActions(after).filter(({ name }) => !names.has(name));
  const all = [
    ...mocks.map((mock) => withToken(mock, tokens)),
    ...vault.map(({ name }) => ({ action: name, answer: { body: { value: 'MIIC' } } })),
  ];
  const sent = (definition: unknown) => {
    try {
      const run = runDefinition(definition, { trigger, mocks: all, mostSteps: 50_000, parameters: parametersOf(definition) });
      const requests = run.requests.filter(({ action }) => kept.includes(action)).map(withoutCredential);
      return { requests: requests.toSorted(), status: run.status, notRun: run.notRun };
    } catch (error) {
      if (error instanceof UsageError) return { refused: true };
      throw error;
    }
  };
  const [old, now] = [sent(before), sent(after)];
  expect(now).toEqual(old);
}

/** Whoever is asked for a token gives one, whatever else is read of the answer. */
function withToken(mock: Mock, tokens: ReadonlySet<string>): Mock {
  const body = mock.answer?.body;
  if (mock.action === undefined || !tokens.has(mock.action)) return mock;
  return { ...mock, answer: { body: { ...(typeof body === 'object' ? body : {}), access_token: 'text', value: 'text' } } };
}

/** A value for each parameter that has none. */
function parametersOf(definition: unknown): Record<string, unknown> {
  const { parameters = {} } = definition as { parameters?: Record<string, { defaultValue?: unknown }> };
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, { defaultValue }]) => (defaultValue === undefined ? [[name, 'text']] : [])),
  );
}

function withoutCredential({ action, method, url, host, path, headers = {}, queries, body, parameters }: Sent): string {
  const rest = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization');
  return JSON.stringify({ action, method, url, host, path, headers: rest.toSorted(), queries, body, parameters });
}

type Sent = ReturnType<typeof runDefinition>['requests'][number];
