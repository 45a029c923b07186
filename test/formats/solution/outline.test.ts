import { expect, it, test } from 'vitest';
import { outlineOf } from '../../../src/formats/solution/outline.ts';
import { childNamed, parseXml, serializeXml } from '../../../src/formats/solution/xml.ts';
import { convert, open, zip } from '../../../src/index.ts';

const wanted = new Set(['Workflows']);
const field = `\n      <attribute a=">'/" b='"'><!-- </Entities> --><![CDATA[</Entities>]]><?x </Entities>?><Name>ä&amp;</Name><e/></attribute>`;
const entities = `<Entities>${field.repeat(500)}\n   </Entities>`;
const root = '<ImportExportXml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" note="a > b">';
const flows = `<Workflows><Workflow Name="x">${'long '.repeat(6000)}</Workflow></Workflows>`;

function textWith(more: string): string {
  return `<?xml version="1.0"?>\n<!-- <ImportExportXml> -->${root}\n  ${more}${flows}\n  <Roles></Roles>\n</ImportExportXml>`;
}

/** What a text says, whatever its form. */
const meaningOf = (text: string) => serializeXml(parseXml(text));

function expectSamePlaces(text: string, outline: string, names: readonly string[]) {
  for (const name of names) {
    const [here, there] = [text, outline].map((one) => childNamed(parseXml(one), name));
    expect([name, here?.lineNumber, here?.columnNumber]).toEqual([name, there?.lineNumber, there?.columnNumber]);
  }
}

test('what is long and not wanted is left out, and all else stays at its place', () => {
  const text = textWith(`${entities} <a/>`);
  const { text: outline, restore, check } = outlineOf(text, wanted);
  check();
  // All but the ends of its lines.
  expect(text.length - outline.length).toBeGreaterThan(entities.length - 600);
  expectSamePlaces(text, outline, ['Entities', 'a', 'Workflows', 'Roles']);
  expect(childNamed(parseXml(outline), 'Workflows')?.textContent).toHaveLength(5 * 6000);
  const changed = parseXml(outline);
  childNamed(changed, 'Roles')?.setAttribute('n', '1');
  const restored = restore(serializeXml(changed));
  expect([restored.includes(entities), restored.includes('<Roles n="1"/>')]).toEqual([true, true]);
  expect(meaningOf(restore(serializeXml(parseXml(outline))))).toBe(meaningOf(text));
});

test('one long line, and ends of lines of Windows', () => {
  for (const text of [textWith(entities.replaceAll('\n', ' ')), textWith(entities).replaceAll('\n', '\r\n')]) {
    const { text: outline, restore } = outlineOf(text, wanted);
    expect(outline).not.toContain('<attribute');
    expectSamePlaces(text, outline, ['Roles']);
    expect(meaningOf(restore(serializeXml(parseXml(outline))))).toBe(meaningOf(text));
  }
});

it.each([
  ['a short text', '<a><b/></a>'],
  ['a tag that is not closed', textWith(entities.slice(0, -'</Entities>'.length))],
  ['tags in a wrong order', textWith(entities.replace('<e/>', '<e></Name></e>'))],
  ['a tag without end', textWith(entities.replace('<e/>', '<e "'))],
  ['a document type', textWith(entities).replace('<!-- <Imp', '<!DOCTYPE x [<!ENTITY y "z">]><!-- <Imp')],
  ['a comment without end', `${textWith(entities)}<!--`],
  ['what stands for it elsewhere', textWith(entities.replace('<e/>', '<?certflow-left-out 0?>'))],
])('of %s nothing is left out', (_, text) => {
  expect(outlineOf(text, wanted).text).toBe(text);
});

it.each([
  ['an attribute twice', '<e a="" a=""/>'],
  ['an unknown entity', '<e>&nobody;</e>'],
  ['an attribute without a value', '<e a/>'],
])('%s in what is left out is found', (_, mistake) => {
  const lastOne = entities.lastIndexOf('<e/>');
  const { text, check } = outlineOf(textWith(entities.slice(0, lastOne) + mistake + entities.slice(lastOne + 4)), wanted);
  expect(text).not.toContain(mistake);
  expect([() => parseXml(textWith(mistake)), check].map(complaint)).toEqual([expect.any(String), expect.any(String)]);
});

function complaint(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

test('a solution with long entities is converted with all of them, and a mistake in them is told', async () => {
  const manifest = '<ImportExportXml><SolutionManifest><UniqueName>x</UniqueName></SolutionManifest></ImportExportXml>';
  const flow = { properties: { definition: { triggers: {}, actions: {} }, connectionReferences: {} } };
  const opened = (customizations: string) => {
    const files = [
      { path: 'solution.xml', contents: manifest },
      { path: 'customizations.xml', contents: customizations },
      { path: 'Workflows/x.json', contents: JSON.stringify(flow) },
    ];
    return open(zip(files), { contents: 'all' });
  };
  const written = convert(await opened(textWith(entities)), 'solution').find(({ path }) => path === 'customizations.xml');
  expect(String(written?.contents)).toContain(entities);
  const broken = await opened(textWith(entities.replace('<e/>', '<e>&nobody;</e>')));
  expect(broken.problems.find(({ file }) => file?.endsWith('customizations.xml'))?.message).toMatch(/no sound XML/);
  expect(() => convert(broken, 'solution')).toThrow(/customizations\.xml cannot be converted/);
});
