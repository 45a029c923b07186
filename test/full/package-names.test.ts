import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkFile,
  exportPackage,
  generate,
  open,
  type PackageFormatName,
  parseSpec,
  type Spec,
  SpecError,
} from '../../src/index.ts';
import { member } from '../../src/json/member.ts';
import { emptyFolder } from '../cli/run.ts';
import { readBack } from '../definition/read-back.ts';
import { flowTarget } from '../formats/packages.ts';
import { needsProgram } from '../programs.ts';
import { runs, size } from '../sweep.ts';
import { anySpec, trickyText } from '../workflow/arbitrary-spec.ts';

/** Text that breaks files which are put together from strings. */
const nasty = fc.oneof(
  trickyText,
  fc
    .tuple(
      fc.constantFrom('', '@', '@{', '[', "[concat('", '@@', '--', '<!--', '%2e', '..', '/'),
      fc.array(
        fc.constantFrom(
          '"',
          "'",
          '&',
          '&amp;',
          '<',
          '>',
          ']]>',
          '<![CDATA[',
          '😀',
          '\u202eabc',
          '\u200f',
          '\r\n',
          '\t',
          '\u00a0',
          '\\',
          '{{x}}',
          'x',
        ),
      ),
      fc.constantFrom('', '@', ']', '-->', '\u0301', ' '),
    )
    .map((parts) => parts.flat().join('')),
  fc.constantFrom('x'.repeat(300), '\u0000', '\u0008', '\ufffe', '\ud800', 'a\udc00b', '\u2028', 'a\ufffdb'),
);

const anyNames = fc.record({
  name: fc.oneof(fc.constant('hr-lists'), fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9._()-]{0,60}[A-Za-z0-9_()-])?$/), nasty),
  description: nasty,
  request: fc.oneof(fc.constant('Get lists'), nasty),
  url: nasty.map((text) => `https://contoso.sharepoint.com/${text}`),
  header: nasty,
});

interface Names {
  readonly name: string;
  readonly description: string;
  readonly request: string;
  readonly url: string;
  readonly header: string;
}

/** A package of a spec with these names, or the places of what is wrong with it. */
function made(
  { name, description, request, url, header }: Names,
  format: PackageFormatName,
): { spec?: Spec; zip?: Uint8Array; refused: string[] } {
  try {
    const requests = [{ name: request, url, headers: { 'x-test': header } }];
    const target = { powerAutomate: flowTarget };
    const base = { trigger: { manual: {} }, certificate: 'https://kv-contoso.vault.azure.net/certificates/c' };
    const appRegistration = { tenantId: 'contoso.com', clientId: '22222222-2222-2222-2222-222222222222' };
    const spec = parseSpec(JSON.stringify({ name, description, ...base, appRegistration, requests, targets: target }));
    return { spec, zip: exportPackage(spec, { format }), refused: [] };
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return { refused: error.diagnostics.map(({ pointer }) => pointer) };
  }
}

test('names and texts come through whole, or are refused by name', async () => {
  let whole = 0;
  await fc.assert(
    fc.asyncProperty(anyNames, fc.constantFrom<PackageFormatName>('solution', 'flow-package'), async (names, format) => {
      const { zip, refused } = made(names, format);
      if (!zip) {
        expect(refused.length).toBeGreaterThan(0);
        for (const pointer of refused)
          expect(pointer).toMatch(/^\/(name|description|requests\/0(\/(name|url|headers\/x-test))?)$/);
        return;
      }
      whole++;
      const document = await open(zip, { name: 'x.zip' });
      expect(document.problems).toEqual([]);
      expect(document.files.paths.filter((path) => !/^[\w[\]./-]+$/.test(path) || path.length > 200)).toEqual([]);
      const [flow] = document.definitions;
      expect(flow?.name).toBe(names.name);
      const actions = member(flow?.definition, 'actions') as Record<string, unknown>;
      const action = actions[names.request.replaceAll(' ', '_')];
      expect(readBack(member(action, 'inputs', 'headers'))).toEqual({ 'x-test': names.header });
      expect(readBack(member(action, 'inputs', 'uri'))).toBe(names.url);
      expect(flow?.definition.description).toBe(names.description);
      expect(
        (await checkFile(document)).filter(({ severity, category }) => severity === 'error' || category === 'security'),
      ).toEqual([]);
    }),
    runs(2000),
  );
  expect(whole).toBeGreaterThan(100 * size);
});

test('whatever the spec, its packages have no error, and no other reader of XML and JSON finds another description', async (context) => {
  needsProgram(context, 'python3', ['-c', 'import zipfile; print("yes")'], (output) => output.includes('yes'));
  const folder = await emptyFolder();
  const expected: Record<string, (string | null)[]> = {};
  const samples = fc.sample(fc.tuple(anySpec, nasty), runs(600));
  for (const [index, [object, text]] of samples.entries()) {
    let spec: Spec;
    try {
      spec = parseSpec(JSON.stringify({ ...object, description: text, targets: { powerAutomate: flowTarget } }));
      const [environment] = spec.environments.keys();
      const options = { format: 'solution', ...(environment && { environment }) } as const;
      const zip = exportPackage(spec, options);
      writeFileSync(join(folder, `${index}.zip`), zip);
      expect((await checkFile(await open(zip))).filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(generate(spec, options)[0]?.contents).toEqual(zip);
    } catch (error) {
      if (!(error instanceof SpecError)) throw error;
      continue;
    }
    const description = spec.description || null;
    expected[`${index}.zip`] = [description, description, spec.description ?? null, 'hr-lists'];
  }
  expect(Object.keys(expected).length).toBeGreaterThan(300 * size);
  const script = `
import glob, json, os, sys, zipfile, xml.etree.ElementTree as E
found = {}
for path in glob.glob(os.path.join(sys.argv[1], '*.zip')):
    z = zipfile.ZipFile(path)
    assert z.testzip() is None
    xml = {name: E.fromstring(z.read(name)) for name in z.namelist() if name.endswith('.xml')}
    flow = [json.loads(z.read(name)) for name in z.namelist() if name.startswith('Workflows/')][0]
    workflow = xml['customizations.xml'].find('Workflows/Workflow')
    label = xml['solution.xml'].find('SolutionManifest/Descriptions/Description')
    found[os.path.basename(path)] = [
        workflow.get('Description'),
        None if label is None else label.get('description'),
        flow['properties']['definition'].get('description'),
        workflow.get('Name'),
    ]
print(json.dumps(found))`;
  expect(JSON.parse(execFileSync('python3', ['-c', script, folder], { encoding: 'utf8' }))).toEqual(expected);
});
