import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseXml } from '../../src/formats/solution/xml.ts';
import { picture } from '../../src/index.ts';
import { layOut } from '../../src/picture/layout.ts';
import { outlineOf } from '../../src/picture/outline.ts';
import { faultsOf } from './faults.ts';

const compose = (...after: string[]) => ({
  type: 'Compose',
  inputs: 1,
  runAfter: Object.fromEntries(after.map((name) => [name, ['Succeeded']])),
});

test('every trigger and action is a card, groups hold theirs, and nothing overlaps', () => {
  const definition = {
    triggers: { Daily: { type: 'Recurrence' }, Call: { type: 'Request' } },
    actions: {
      A: compose(),
      If: {
        type: 'If',
        actions: { B: compose(), C: compose('B') },
        else: { actions: { D: compose() } },
        runAfter: { A: ['Failed', 'TimedOut'] },
      },
      Switch: {
        type: 'Switch',
        cases: { 'One / 1': { actions: { E: compose() } } },
        default: { actions: { F: compose() } },
        runAfter: {},
      },
      Scope: {
        type: 'Scope',
        actions: { Each: { type: 'Foreach', actions: { G: compose(), H: compose() } } },
        runAfter: { If: ['Succeeded'], Switch: ['Succeeded'] },
      },
      Empty: { type: 'Scope', actions: {}, runAfter: { Nothing: ['Succeeded'], Empty: ['Succeeded'] } },
    },
  };
  const { boxes, titles, ways } = layOut(outlineOf(definition, () => undefined));
  expect(boxes.map(({ name }) => name).sort()).toEqual(
    ['A', 'B', 'C', 'Call', 'D', 'Daily', 'E', 'Each', 'Empty', 'F', 'G', 'H', 'If', 'Scope', 'Switch'].sort(),
  );
  expect(titles.map(({ text }) => text).sort()).toEqual(['One / 1', 'default', 'false', 'true']);
  expect(ways.map(({ label }) => label).filter(Boolean)).toEqual(['Failed, TimedOut']);
  expect(faultsOf(definition)).toEqual([]);
});

test('sign-ins, what reads a secret and what shows it are marked', () => {
  const actions = {
    Get_secret: {
      type: 'ApiConnection',
      inputs: {
        host: { connection: { name: "@parameters('$connections')['keyvault']['connectionId']" } },
        method: 'get',
        path: "/secrets/@{encodeURIComponent('c')}/value",
      },
      runAfter: {},
    },
    Call: {
      type: 'Http',
      inputs: {
        method: 'GET',
        uri: 'https://contoso.sharepoint.com/_api/web',
        authentication: {
          type: 'ActiveDirectoryOAuth',
          tenant: 't',
          audience: 'https://contoso.sharepoint.com',
          clientId: 'c',
          pfx: "@body('Get_secret')?['value']",
          password: '',
        },
      },
      runAfter: { Get_secret: ['Succeeded'] },
      runtimeConfiguration: { secureData: { properties: ['inputs'] } },
    },
    Show: { type: 'Compose', inputs: "@body('Get_secret')?['value']", runAfter: { Get_secret: ['Succeeded'] } },
  };
  const secured = { ...actions.Get_secret, runtimeConfiguration: { secureData: { properties: ['inputs', 'outputs'] } } };
  const drawn = (given: object) => picture({ triggers: {}, actions: given }).mermaid.match(/class n\d.*/g);
  expect(drawn({ Get_secret: secured, Call: actions.Call })).toEqual(['class n0 secret', 'class n1 sign_in']);
  expect(drawn({ Get_secret: actions.Get_secret })).toEqual(['class n0 leak']);
  const Send = {
    type: 'Http',
    inputs: { method: 'POST', uri: 'https://a.example', body: "@outputs('Show')" },
    runAfter: { Show: ['Succeeded'] },
  };
  expect(drawn({ Get_secret: secured, Show: actions.Show, Send, Other: compose() })).toEqual(['class n0,n1,n2 leak']);
});

const hostile =
  '</text><script>alert(1)</script>"]; click n0 "javascript:x" \u202e]]>&#x0;\u0000\n%%{init: {}}%% end subgraph `x` #quot;';

test('no name is syntax, in SVG and in Mermaid', () => {
  const { svg, mermaid } = picture(
    { triggers: { [hostile]: { type: hostile } }, actions: { [hostile]: compose() } },
    { name: hostile },
  );
  for (const sign of ['<script', '\u202e', '\u0000']) expect(svg).not.toContain(sign);
  expect(parseXml(svg).nodeName).toBe('svg');
  expect(
    mermaid.split('\n').filter((line) => !/^ {2}(?:n\d\["[^"<>]*<br\/>[^"<>]*"\]|n\d --> n\d)$|^flowchart TD$|^$/.test(line)),
  ).toEqual([]);
});

test('any JSON is drawn', () => {
  fc.assert(
    fc.property(fc.json(), fc.json(), (actions, triggers) => {
      const { svg } = picture({ actions: JSON.parse(actions), triggers: JSON.parse(triggers) });
      expect(svg).toContain('</svg>');
    }),
    { numRuns: 50 },
  );
});

test('what no test reaches is marked, in words too', () => {
  const definition = {
    triggers: { Daily: { type: 'Recurrence' } },
    actions: {
      A: compose(),
      B: { ...compose(), runAfter: { A: ['Succeeded', 'Failed'] } },
      C: compose('B'),
      If: { type: 'If', actions: { D: compose() }, runAfter: {} },
      Two: { type: 'If', actions: { E: compose() }, else: { actions: { F: compose() } }, runAfter: {} },
      Switch: { type: 'Switch', cases: { One: { actions: { G: compose() } } }, runAfter: {} },
    },
  };
  const unreached = [
    '/actions/B/runAfter/A/1',
    '/actions/C',
    '/actions/C/runAfter/B/0',
    '/actions/If/else/actions',
    '/actions/Two/else/actions',
    '/actions/Switch/cases/One/actions',
    '/actions/Switch/default/actions',
  ];
  const { svg, mermaid } = picture(definition, { unreached });
  for (const words of ['Compose (no test)', 'If (never false)', 'false (no test)', 'One (no test)', 'Switch (always a case)'])
    expect(svg).toContain(`>${words}<`);
  expect(svg).toContain('Succeeded, Failed (no test)');
  expect(svg.match(/class="card missed"/g)).toHaveLength(1);
  expect(svg.match(/class="way missed"/g)).toHaveLength(1);
  expect(mermaid).toContain('-.->');
  expect(mermaid.match(/class n\d+ missed/g)).toHaveLength(1);
  expect(picture(definition).svg).not.toMatch(/no test|class="[^"]*missed/);
});
