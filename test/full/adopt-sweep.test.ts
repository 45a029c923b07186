import { expect, test } from 'vitest';
import { listActions } from '../../src/definition/walk.ts';
import { SingleFile } from '../../src/document/file-tree.ts';
import { openFile } from '../../src/formats/reading/open-tree.ts';
import { type Aim, adopt, type Host } from '../../src/index.ts';
import { fromPointer } from '../../src/json/pointer.ts';
import { aim, judge } from '../adopt/judge.ts';
import { type CorpusRecord, corpusFiles } from '../corpus/record.ts';
import { corpusLines } from '../shared.ts';
import { below, part, randomOf } from '../sweep.ts';

type Group = Record<string, unknown>;

const canary = 'x7Q~canary-9bT3kLmPq2';
const tenant = aim.tenantId;
const http = (inputs: object, runAfter: object = {}) => ({ type: 'Http', inputs, runAfter });
const call = (authentication: object) => http({ method: 'GET', uri: 'https://graph.microsoft.com/v1.0/users', authentication });
const byToken = (uri: string, body: string) => ({
  Sweep_token: http({ method: 'POST', uri, body }),
  Sweep_call: http(
    {
      method: 'GET',
      uri: 'https://contoso.sharepoint.com/_api/web',
      headers: { Authorization: "Bearer @{body('Sweep_token')?['access_token']}" },
    },
    { Sweep_token: ['Succeeded'] },
  ),
});
const oauth = { type: 'ActiveDirectoryOAuth', tenant, audience: 'https://graph.microsoft.com', clientId: aim.clientId };

/** Sign-ins of each kind, as actions that can be put anywhere. */
const kinds: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  acs: byToken(
    `https://accounts.accesscontrol.windows.net/${tenant}/tokens/OAuth/2`,
    `grant_type=client_credentials&client_id=33333333-3333-3333-3333-333333333333@${tenant}&client_secret=${canary}&resource=00000003-0000-0ff1-ce00-000000000000/contoso.sharepoint.com@${tenant}`,
  ),
  v1: byToken(
    `https://login.microsoftonline.com/${tenant}/oauth2/token`,
    `grant_type=client_credentials&client_id=${aim.clientId}&client_secret=${canary}&resource=https%3A%2F%2Fcontoso.sharepoint.com`,
  ),
  v2: byToken(
    `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
    `grant_type=client_credentials&client_id=${aim.clientId}&client_secret=${canary}&scope=https%3A%2F%2Fcontoso.sharepoint.com%2F.default`,
  ),
  secret: { Sweep_call: call({ ...oauth, secret: canary }) },
  pasted: { Sweep_call: call({ ...oauth, pfx: Buffer.from(canary.repeat(9)).toString('base64'), password: canary }) },
  basic: { Sweep_call: call({ type: 'Basic', username: 'flows@contoso.com', password: canary }) },
};

test('a sign-in of any kind at any place of a real workflow is adopted, or all of the workflow is left', async (context) => {
  const records = corpusFiles
    .filter((file) => /consumption|arm|power-automate/.test(file))
    .flatMap((file) => corpusLines<CorpusRecord>(context, file))
    // What ARM or an app around it works out is not told here.
    .filter(({ armExpressions, definition }) => !armExpressions && listActions(definition).length > 0)
    // How far the branch beside a Terminate comes is a matter of time, and a sign-in in one step is faster than in two.
    .filter(({ definition }) => listActions(definition).every(({ typeWord }) => typeWord !== 'terminate'));
  const names = Object.keys(kinds);
  const counts = { adopted: 0, left: new Map<string, number>() };
  for (const index of part(below(1000))) {
    const random = randomOf(index);
    const any = <One>(list: readonly One[]) => list[Math.floor(random() * list.length)] as One;
    const record = any(records);
    const kind = any(names);
    const definition = structuredClone(record.definition) as Group;
    const beside = any(listActions(definition));
    const steps = fromPointer(beside.pointer).slice(0, -1);
    const group = steps.reduce<Group>((here, step) => here[step] as Group, definition);
    Object.assign(group, structuredClone(kinds[kind]));
    const [first = '', last = first] = Object.keys(kinds[kind] ?? {});
    // Tools of an agent are no actions.
    if (!listActions(definition).some(({ name }) => name === first)) continue;
    // After another action, and before those after it.
    if (random() < 0.5) (group[first] as Group).runAfter = { [beside.name]: ['Succeeded'] };
    if (random() < 0.3) {
      const next = any(
        listActions(definition).filter((one) => one.group === listActions(definition).find(({ name }) => name === first)?.group),
      );
      if (next && next.after.length === 0 && ![first, last, beside.name].includes(next.name))
        (group[next.name] as Group).runAfter = { [last]: ['Succeeded'] };
    }
    const host: Host = record.target === 'power-automate' ? 'power-automate' : 'consumption';
    const text = JSON.stringify(host === 'power-automate' ? flowOf(definition) : definition, null, any([2, 4, '\t', 0]));
    const document = openFile(new SingleFile('flow.json', new TextEncoder().encode(text)), 'flow.json', { isNamed: true });
    if (!document) continue;
    // A flow has no identity: that all of them are left is told elsewhere.
    const wanted: Aim = random() < 0.5 || host === 'power-automate' ? aim : { to: 'managed-identity', tenantId: tenant };
    const adoption = await adopt(document, wanted);
    const item = adoption.plan.items.find(({ name }) => name.startsWith('Sweep_'));
    expect([index, kind, item?.name]).toEqual([index, kind, first === last ? first : 'Sweep_token']);
    if (item?.left === undefined) {
      counts.adopted++;
      expect(adoption.files[0]?.after.includes(canary)).toBe(false);
      await judge(document, adoption, wanted);
    } else {
      const words = item.left.replaceAll(/"[^"]*"/g, '"…"');
      counts.left.set(words, (counts.left.get(words) ?? 0) + 1);
    }
    expect(JSON.stringify(adoption.plan)).not.toContain(canary);
  }
  const left = [...counts.left.values()].reduce((sum, count) => sum + count, 0);
  context.annotate(`${counts.adopted} adopted, ${left} left: ${JSON.stringify([...counts.left])}`);
  expect(counts.adopted).toBeGreaterThan(4 * left);
});

function flowOf(definition: object) {
  return { properties: { definition, connectionReferences: {} }, schemaVersion: '1.0.0.0' };
}
