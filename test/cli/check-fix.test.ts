import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rawZip } from '../document/raw-zip.ts';
import { folderOf, plainDefinition } from '../folder.ts';
import { workflowToMend } from './mended-workflow.ts';
import { certflow } from './run.ts';

/** Three findings that can be fixed, one that cannot, and a secret beside them. */
const wrong = workflowToMend({
  authentication: { password: 'hush-hush' },
  call: { runtimeConfiguration: { secureData: { properties: ['inputs'] } } },
});
const text = (value: unknown) => JSON.stringify(value, null, 2);
const read = (path: string) => readFileSync(path, 'utf8');

const fixable = ['get-secret-outputs', 'authority-host', 'pfx-straight'];

async function rulesFound(path: string): Promise<string[]> {
  const { stdout } = await certflow('check', path, '--json');
  return JSON.parse(stdout).diagnostics.map(({ rule }: { rule: string }) => rule);
}

describe('certflow check --fix', () => {
  it('mends the file, and a second check has none of the findings', async () => {
    const file = join(folderOf({ 'a.json': text(wrong) }), 'a.json');
    expect(await rulesFound(file)).toEqual(expect.arrayContaining(fixable));
    const { code, stdout, stderr } = await certflow('check', file, '--fix');
    expect([code, stderr.split('\n')[0]]).toEqual([1, 'fixed 3 findings in 1 file']);
    expect(stdout).toContain('[literal-credential]');
    const left = await rulesFound(file);
    expect(left.filter((rule) => fixable.includes(rule))).toEqual([]);
    const expected = structuredClone(wrong);
    Object.assign(expected.actions.Get_secret, {
      runtimeConfiguration: { secureData: { properties: ['inputs', 'outputs'] } },
    });
    expected.actions.Call.inputs.authentication.authority = 'https://login.microsoftonline.com';
    expected.actions.Call.inputs.authentication.pfx = "@body('Get_secret')?['value']";
    expect(read(file)).toBe(text(expected));
    expect((await certflow('check', file, '--fix')).stderr).toContain('fixed 0 findings in 0 files');
    expect(readdirSync(join(file, '..'))).toEqual(['a.json']);
  });

  it.each<[string, (text: string) => Uint8Array]>([
    ['a byte order mark', (text) => Buffer.from(`\ufeff${text}`)],
    ['CRLF', (text) => Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['comments', (text) => Buffer.from(text.replace('"runAfter"', '/* one */ "runAfter"').replace('{\n', '{ // first\n'))],
  ])('keeps %s', async (_, bytes) => {
    const before = bytes(text(wrong));
    const file = join(folderOf({ 'a.json': before }), 'a.json');
    await certflow('check', file, '--fix');
    // Each change is a few lines: what is before the first of them is the same in every byte.
    const at = Buffer.from(before).indexOf('runAfter');
    const after = readFileSync(file);
    expect(after.length).not.toBe(before.length);
    if (at > 0) expect(after.subarray(0, at).equals(Buffer.from(before).subarray(0, at))).toBe(true);
    expect(after.subarray(-20).equals(Buffer.from(before).subarray(-20))).toBe(true);
    expect((await rulesFound(file)).filter((rule) => fixable.includes(rule))).toEqual([]);
  });

  it('mends what stands in an ARM template, but for what ARM fills in', async () => {
    const { authentication } = wrong.actions.Call.inputs;
    const definition = structuredClone(wrong);
    definition.actions.Call.inputs.authentication = { ...authentication, authority: "[variables('authority')]" };
    const template = {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      variables: { authority: authentication.authority },
      resources: [
        {
          type: 'Microsoft.Logic/workflows',
          apiVersion: '2019-05-01',
          name: 'x',
          location: 'westeurope',
          properties: { definition, parameters: {} },
        },
      ],
    };
    const file = join(folderOf({ 'a.json': text(template) }), 'a.json');
    await certflow('check', file, '--fix');
    const fixed = JSON.parse(read(file));
    expect(fixed.variables).toEqual(template.variables);
    expect(await rulesFound(file)).toContain('authority-host');
    const { actions } = fixed.resources[0].properties.definition;
    expect(actions.Call.inputs.authentication.authority).toBe("[variables('authority')]");
    expect(actions.Call.inputs.authentication.pfx).toBe("@body('Get_secret')?['value']");
    expect(actions.Get_secret.runtimeConfiguration).toBeDefined();
  });

  it('mends the workflows of a project', async () => {
    const folder = folderOf({ 'host.json': { version: '2.0' }, 'flow/workflow.json': { definition: wrong, kind: 'Stateful' } });
    await certflow('check', folder, '--fix');
    expect(JSON.parse(read(join(folder, 'flow', 'workflow.json'))).definition.actions.Call.inputs.authentication.authority).toBe(
      'https://login.microsoftonline.com',
    );
  });

  it('leaves packages and broken text alone, and says so', async () => {
    const zip = rawZip([{ name: 'a.json', contents: text(wrong) }]);
    const broken = Buffer.from(text(wrong));
    const at = broken.indexOf('hush');
    broken[at] = 0xff;
    const folder = folderOf({ 'p.zip': zip, 'broken.json': broken });
    const { stderr } = await certflow('check', folder, '--fix');
    expect(stderr).toMatch(/not fixed: .*p\.zip!a\.json is inside a package\. Unpack it/);
    expect(stderr).toMatch(/not fixed: .*broken\.json is neither UTF-8 nor UTF-16/);
    expect(readFileSync(join(folder, 'p.zip')).equals(Buffer.from(zip))).toBe(true);
    expect(readFileSync(join(folder, 'broken.json')).equals(broken)).toBe(true);
  });

  it('mends only the findings that count and are not suppressed', async () => {
    const folder = folderOf({
      'a.json': text({ ...wrong, metadata: { 'certflow-ignore': { 'authority-host': 'a test' } } }),
    });
    await certflow('check', folder, '--fix', '--ignore', 'pfx-straight');
    const { authentication } = JSON.parse(read(join(folder, 'a.json'))).actions.Call.inputs;
    expect([authentication.authority, authentication.pfx]).toEqual([
      'https://login.microsoftonline.com/contoso.com',
      "@base64(body('Get_secret')?['value'])",
    ]);
  });

  it('tells in JSON what it did', async () => {
    const file = join(folderOf({ 'a.json': text(wrong) }), 'a.json');
    const { stdout } = await certflow('check', file, '--fix', '--json');
    const { fixed } = JSON.parse(stdout);
    expect(fixed).toEqual([{ file, fixes: expect.any(Array), diff: expect.stringContaining('+++ ') }]);
    expect(fixed[0].fixes.map(({ rule }: { rule: string }) => rule).sort()).toEqual(fixable.toSorted());
    expect(stdout).not.toContain('hush');
  });
});

describe('certflow check --fix --dry-run', () => {
  it('writes nothing, and shows the change without anything of an authentication block', async () => {
    const file = join(folderOf({ 'a.json': text(wrong) }), 'a.json');
    const { code, stdout, stderr } = await certflow('check', file, '--fix', '--dry-run');
    expect(code).toBe(1);
    expect(read(file)).toBe(text(wrong));
    expect(stderr).toContain('would fix 3 findings in 1 file');
    expect(stdout).toMatch(/^--- .*a\.json\n\+\+\+ .*a\.json\n@@ /);
    expect(stdout).toContain('\n+          "properties": [\n');
    expect(stdout).not.toContain('hush');
    expect(stdout).not.toContain('contoso.com');
  });

  it.each([
    [['--dry-run'], /goes with --fix/],
    [['--fix', '--summary'], /--summary goes with/],
    [['--fix', '--update-baseline'], /in a run of its own/],
  ])('%s is refused', async (args, message) => {
    const { code, stderr } = await certflow('check', folderOf({ 'a.json': plainDefinition }), ...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});
