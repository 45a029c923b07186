import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Recorded } from '../../src/emulator/index.ts';
import { finishOn } from '../../src/setup/rotate/finish.ts';
import { rotateOn } from '../../src/setup/rotate/rotate.ts';
import { setUp } from '../../src/setup/setup.ts';
import { calledDuring, missed } from '../azure/requests.ts';
import { identitySpec } from '../proofs/identity.ts';
import { removalsOf, wholeSpec, world } from '../setup/world.ts';
import { specOf } from '../specs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The type, of @microsoft/microsoft-graph-types, of what stands at each address; a list where the address is one. */
const types: readonly (readonly [address: RegExp, type: string])[] = [
  [/^GET \/v1\.0\/directory\/deletedItems\/microsoft\.graph\.application$/, '{ value: graph.Application[] }'],
  [/^GET \/v1\.0\/applications$/, '{ value: graph.Application[] }'],
  [/^(POST|GET|PATCH) \/v1\.0\/applications(\/[^/]+|\((uniqueName|appId)=[^/]+\))?$/, 'graph.Application'],
  [/^GET \/v1\.0\/servicePrincipals$/, '{ value: graph.ServicePrincipal[] }'],
  [/^POST \/v1\.0\/servicePrincipals$/, 'graph.ServicePrincipal'],
  [/^GET \/v1\.0\/servicePrincipals\/[^/]+\/appRoleAssignments$/, '{ value: graph.AppRoleAssignment[] }'],
  [/^POST \/v1\.0\/servicePrincipals\/[^/]+\/appRoleAssignedTo$/, 'graph.AppRoleAssignment'],
  [/^GET \/v1\.0\/users\/[^/]+$/, 'graph.User'],
  [/^GET \/v1\.0\/sites\/[^/]+\/permissions$/, '{ value: graph.Permission[] }'],
  [/^(POST|GET|PATCH) \/v1\.0\/sites\/[^/]+\/permissions(\/[^/]+)?$/, 'graph.Permission'],
  [/^GET \/v1\.0\/sites\/.+$/, 'graph.Site'],
];

interface Exchange {
  readonly method: string;
  /** After the endpoint. */
  readonly path: string;
  readonly sent?: unknown;
  readonly status: number;
  readonly got?: unknown;
}

/** The requests within those of a batch stand for themselves. */
function exchanges({ method, url, body, answer }: Recorded): Exchange[] {
  const [sent, got] = [body, answer?.body ?? ''].map((text) => (text === '' ? undefined : JSON.parse(text)));
  if (!url.endsWith('/$batch')) return [{ method, path: new URL(url).pathname, sent, status: answer?.status ?? 0, got }];
  return sent.requests.map((inner: { id: string; method: string; url: string; body?: unknown }) => {
    const answered = got.responses.find(({ id }: { id: string }) => id === inner.id);
    const { pathname } = new URL(`https://x/v1.0${inner.url}`);
    return { method: inner.method, path: pathname, sent: inner.body, status: answered.status, got: answered.body };
  });
}

/** What a request sends, and what a good answer gives, each as a line of TypeScript that the published type has to take. */
function statements({ method, path, sent, status, got }: Exchange): string[] {
  const type = types.find(([pattern]) => pattern.test(`${method} ${path}`))?.[1] ?? JSON.stringify(`${method} ${path}`);
  return [sent, status < 300 ? got : undefined]
    .filter((value) => value !== undefined)
    .map((value) => `({ value: ${JSON.stringify(value, published)} }) satisfies { value: ${type} };`);
}

/** The types leave out what OData adds, and take the bytes of a certificate for a number: base64 is what Graph's pages show. */
function published(name: string, value: unknown): unknown {
  return name.startsWith('@odata.') || name === 'key' ? undefined : value;
}

/** What the TypeScript compiler says against them: a member that the type lacks is an error in a literal. */
function judged(lines: readonly string[]): string {
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'certflow-graph-'));
  try {
    const file = join(folder, 'recorded.ts');
    writeFileSync(file, ["import type * as graph from '@microsoft/microsoft-graph-types';", ...new Set(lines), ''].join('\n'));
    const options = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--types',
      '',
    ];
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    return spawnSync(process.execPath, [compiler, ...options, file], { encoding: 'utf8' }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("what setting up and rotation ask of Graph, and the answers, are as Microsoft's published types have them", async () => {
  const { run, azure, requests } = await world();
  const called = await calledDuring(async () => {
    const { clientId } = await run();
    const spec = specOf({ ...wholeSpec, appRegistration: { ...wholeSpec.appRegistration, clientId } });
    await rotateOn(azure, spec, { confirm: () => true });
    await finishOn(azure, spec, { overlapDays: 0, confirm: () => true });
    for (const { remove } of await removalsOf(azure, spec)) await remove(() => {});
  });
  expect(missed('judged', 'graph', called)).toEqual([]);
  const lines = requests().flatMap((recorded) => (recorded.service === 'graph' ? exchanges(recorded).flatMap(statements) : []));
  expect(lines.length).toBeGreaterThan(20);
  expect(judged(lines)).toBe('');
  // It does judge.
  expect(judged([...lines, "({ displayname: 'x' }) satisfies graph.Application;"])).toContain("'displayname' does not exist");
});

test('so is what setting up a managed identity asks: the roles that are assigned to it, and its right on a site', async () => {
  const { azure, requests } = await world();
  const spec = specOf({
    ...identitySpec,
    requests: identitySpec.requests.slice(0, 2),
    targets: { consumption: { ...identitySpec.targets.consumption, existingIdentity: false } },
  });
  expect((await setUp(azure, spec, { confirm: () => true })).outcome).toBe('set up');
  const asked = requests().flatMap((recorded) => (recorded.service === 'graph' ? exchanges(recorded) : []));
  const assigned = asked.filter(({ method, path }) => method === 'POST' && path.endsWith('/appRoleAssignedTo'));
  expect(assigned.map(({ status }) => status)).toEqual([201, 201]);
  expect(asked.filter(({ method, path }) => method === 'POST' && path.endsWith('/permissions'))).toHaveLength(1);
  const lines = asked.flatMap(statements);
  expect(judged(lines)).toBe('');
  const wrong = assigned.slice(0, 1).flatMap((one) => statements({ ...one, sent: { roleId: 'x' } }));
  expect(judged([...lines, ...wrong])).toMatch(/'"?roleId"?' does not exist/);
});
