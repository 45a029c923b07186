import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { expect, test } from 'vitest';
import { billOfMaterials, thirdParties, thirdPartyNotices } from '../../scripts/third-party.ts';
import { folderOf } from '../folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const notices = readFileSync(join(root, 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8')
  .split(/\n-{80}\n\n|^certflow contains .*\n\n/m)
  .filter(Boolean);
const named = notices.map((notice) => notice.slice(0, notice.indexOf('\n')));

/** A line of code that only one package has, as the bundler leaves it, and the package. */
const signs: Readonly<Record<string, RegExp>> = {
  // What validators call at run time is put in when schemas are compiled, before anything is bundled.
  ajv: /55296&&\w+<=56319/,
  handlebars: /container\.propertyIsEnumerable|blockParams/,
  'jsonc-parser': /InvalidCommentToken/,
  yaml: /BLOCK_FOLDED|tag:yaml\.org,2002/,
  fflate: /invalid zip data/,
  commander: /outputHelpIfRequested/,
  'node-forge': /pkcs7asn1|forge\.pki/,
};

test('every package whose code is in dist/ has a notice', () => {
  const code = globSync('dist/**/*.{js,cjs}', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'));
  for (const [name, sign] of Object.entries(signs)) {
    expect(
      code.some((text) => sign.test(text)),
      `${name} is in dist/`,
    ).toBe(true);
    expect(
      named.some((line) => line.startsWith(`${name} `)),
      `${name} has a notice`,
    ).toBe(true);
  }
});

test('a package within another is told with its own version, and one without a licence is refused', () => {
  const folder = folderOf({
    'node_modules/a/package.json': { name: 'a', version: '2.0.0', license: 'MIT' },
    'node_modules/a/LICENSE.md': 'text of a',
    'node_modules/a/NOTICE': 'and this',
    'node_modules/b/node_modules/a/package.json': { name: 'a', version: '1.0.0', license: 'ISC', author: 'Somebody' },
    'node_modules/c/package.json': { name: 'c', version: '1.0.0' },
  });
  const parties = thirdParties(folder, ['node_modules/a/x.js', 'node_modules/b/node_modules/a/y.js', 'src/z.js']);
  const text = thirdPartyNotices(parties);
  expect(text).toContain('a 2.0.0\n\ntext of a\n\nand this');
  expect(text).toContain('a 1.0.0\n\nLicence: ISC\nCopyright: Somebody');
  const bill = JSON.parse(billOfMaterials(parties, { name: '@own/it', version: '3.0.0', license: 'MIT OR ISC' }));
  expect(bill.components.map(({ purl }: { purl: string }) => purl)).toEqual(['pkg:npm/a@1.0.0', 'pkg:npm/a@2.0.0']);
  expect(bill.metadata.component).toMatchObject({ purl: 'pkg:npm/%40own/it@3.0.0', licenses: [{ expression: 'MIT OR ISC' }] });
  expect(() => thirdParties(folder, ['node_modules/c/x.js'])).toThrow('has no licence');
});

test('each notice has its licence', () => {
  for (const notice of notices) expect(notice).toMatch(/MIT|Apache|BSD|ISC|Permission is hereby granted|Redistribution and use/);
});

test('the bill of materials names the same packages, and CycloneDX takes it', async () => {
  const text = readFileSync(join(root, 'dist', 'sbom.cdx.json'), 'utf8');
  const { components }: { components: { name: string; version: string }[] } = JSON.parse(text);
  expect(components.map(({ name, version }) => `${name} ${version}`)).toEqual(named);
  expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text)).toBeNull();
  expect(
    await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text.replace('"library"', '"book"')),
  ).not.toBeNull();
});
