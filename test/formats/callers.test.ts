import { describe, expect, test } from 'vitest';
import { checkFile, convert, exportPackage, type FormatName, generate, open, type Spec } from '../../src/index.ts';
import { baseSpec, specOf } from '../specs.ts';
import { flowTarget } from './packages.ts';

const standard = { ...baseSpec.targets.consumption, site: 'logic-contoso' };
const targets = { ...baseSpec.targets, standard, powerAutomate: flowTarget };
const startedBy = (trigger: object) => specOf({ trigger, targets });
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

/** The text of a generated file, by the end of its path. */
function text(spec: Spec, format: FormatName, end: string): string {
  return String(generate(spec, { format }).find(({ path }) => path.endsWith(end))?.contents);
}

// The designer of Logic Apps opens a Request trigger of the kinds Http and Agent only: docs/facts/definitions.md.
test.each<[FormatName, string]>([
  ['definition', 'definition.json'],
  ['bicep', 'definition.json'],
  ['arm', 'azuredeploy.json'],
  ['standard-project', 'workflow.json'],
])('a trigger by hand is an HTTP trigger in a Logic App: %s', async (format, file) => {
  const { definitions } = await open(bytes(text(startedBy({ manual: {} }), format, file)));
  expect(definitions[0]?.definition.triggers).toEqual({ manual: { type: 'Request', kind: 'Http', inputs: {} } });
});

describe.each(['request', 'manual'])('%s: who may call', (kind) => {
  const withRanges = startedBy({ [kind]: { callers: { ipRanges: ['203.0.113.0/24', '198.51.100.7'] } } });
  const onlyLogicApps = startedBy({ [kind]: { callers: { ipRanges: [] } } });
  const unsaid = startedBy({ [kind]: {} });

  test.each([
    [
      'ranges',
      withRanges,
      { triggers: { allowedCallerIpAddresses: [{ addressRange: '203.0.113.0/24' }, { addressRange: '198.51.100.7' }] } },
    ],
    ['other Logic Apps', onlyLogicApps, { triggers: { allowedCallerIpAddresses: [] } }],
    ['nothing said', unsaid, undefined],
  ])('is what the ARM template deploys, and the checker tells only what is left open: %s', async (_, spec, expected) => {
    const template = text(spec, 'arm', 'azuredeploy.json');
    const workflow = JSON.parse(template).resources.find(({ type }: { type: string }) => type === 'Microsoft.Logic/workflows');
    expect(workflow.properties.accessControl).toEqual(expected);
    const found = await checkFile(await open(bytes(template), { name: 'azuredeploy.json' }));
    const told = found.filter(({ rule }) => rule === 'open-trigger').map(({ severity, pointer }) => `${severity} ${pointer}`);
    expect(told).toEqual(expected ? [] : [expect.stringMatching(/^info .*\/triggers\/manual$/)]);
  });

  test.each<FormatName>(['arm', 'bicep'])('is told by the README of %s', (format) => {
    const readme = (spec: Spec) => text(spec, format, 'README.md');
    expect(readme(withRanges)).toContain('Azure takes requests to it from `203.0.113.0/24, 198.51.100.7` only.');
    expect(readme(onlyLogicApps)).toContain('Azure takes requests to it from other Logic Apps only.');
    expect(readme(unsaid)).toContain(`say in \`trigger.${kind}.callers.ipRanges\` who may call.`);
    expect(readme(startedBy({ recurrence: { frequency: 'Day', interval: 1 } }))).not.toMatch(/has an address/);
  });

  test('is told where the definition is pasted, and where it is a matter of the whole app', () => {
    const pasted = (spec: Spec) => text(spec, 'definition', 'README.md');
    expect(pasted(withRanges)).toContain('*Access control configuration*: `203.0.113.0/24, 198.51.100.7`.');
    expect(pasted(onlyLogicApps)).toContain('*Access control configuration*: *Only other Logic Apps*.');
    expect(pasted(unsaid)).toContain("*Access control configuration*. Until then whoever has the trigger's address");
    const whole = (spec: Spec) => text(spec, 'standard-project', 'hr-lists/README.md').replaceAll('\n', ' ');
    expect(whole(withRanges)).toContain('lets in `203.0.113.0/24, 198.51.100.7` only: admit those there.');
    expect(whole(onlyLogicApps)).toContain('lets in other Logic Apps only: admit the addresses from which they call there.');
    expect(whole(unsaid)).toMatch(/keep it like a password(?!.*The spec lets in)/);
  });
});

test('a button asks for no other callers: Power Automate takes a spec whose Logic App has some', () => {
  const spec = startedBy({ manual: { callers: { ipRanges: ['203.0.113.0/24'] } } });
  expect(() => exportPackage(spec, { format: 'solution' })).not.toThrow();
});

describe('a file with a button is still read', () => {
  const button = { type: 'Request', kind: 'Button', inputs: {} };

  test('of a Logic App that certflow made before', async () => {
    const template = JSON.parse(text(startedBy({ manual: {} }), 'arm', 'azuredeploy.json'));
    template.resources[1].properties.definition.triggers = { manual: button };
    const document = await open(bytes(template), { name: 'azuredeploy.json' });
    expect(document.definitions[0]?.definition.triggers).toEqual({ manual: button });
    // The designer does not open such a trigger, and the service runs it.
    expect((await checkFile(document)).filter(({ severity }) => severity !== 'info')).toEqual([
      expect.objectContaining({ rule: 'operation-kind', severity: 'warning' }),
    ]);
    expect(JSON.parse(String(convert(document, 'definition')[0]?.contents)).triggers).toEqual({ manual: button });
  });

  test.each(['solution', 'flow-package'] as const)('of a flow: %s', async (format) => {
    const document = await open(exportPackage(startedBy({ manual: {} }), { format }), { contents: 'all' });
    expect(document.definitions[0]?.definition).toMatchObject({ triggers: { manual: { kind: 'Button' } } });
    expect(await checkFile(document)).toEqual([]);
    for (const to of [format, 'definition'] as const)
      expect(
        convert(document, to)
          .map(({ contents }) => new TextDecoder().decode(bytesOf(contents)))
          .join(''),
      ).toMatch(/"kind": ?"Button"/);
  });
});

function bytesOf(contents: string | Uint8Array): Uint8Array {
  return typeof contents === 'string' ? bytes(contents) : contents;
}
