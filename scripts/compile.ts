// Turns the JSON Schemas and the Handlebars templates into modules in src/generated/, so that none is compiled at run time.
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type AnySchemaObject } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import Handlebars from 'handlebars';
import { compile as compileTypes } from 'json-schema-to-typescript';
import { helperNames } from '../src/text/helpers.ts';
import { checkedSchema, partsByType } from './definition-schema/checked.ts';
import { definitionWords } from './definition-schema/words.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'src', 'generated');

/** The validators to make: the schema's file, the module's name, and the function that it exports. */
const validators = [
  { schema: 'certflow', module: 'validate-spec-file', name: 'validateSpecFile' },
  { schema: 'check', module: 'validate-check-file', name: 'validateCheckFile' },
  { schema: 'cloud', module: 'validate-cloud-file', name: 'validateCloudFile' },
];

/** Files of packages whose code is put into the modules. */
export const putIn = new Set<string>();

rmSync(target, { recursive: true, force: true });
for (const { schema, module, name } of validators) await compileValidator(readSchema(schema), module, { [name]: '#' });
await compileDemands();
write('definition-words.ts', definitionWords());
write('spec-file.ts', await compileTypes(readSchema('certflow'), 'SpecFile', { additionalProperties: false, bannerComment: '' }));
write('check-file.ts', await compileTypes(readSchema('check'), 'CheckFile', { additionalProperties: false, bannerComment: '' }));
write('version.ts', `export const version = '${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}';\n`);
write('rule-pages.ts', rulePages());
for (const path of globSync('**/*.hbs', { cwd: join(root, 'templates') })) compileTemplate(path);

function readSchema(name: string): AnySchemaObject {
  return JSON.parse(readFileSync(join(root, 'schemas', `${name}.schema.json`), 'utf8'));
}

/** A validator for each part of a definition, and tables of those for actions and triggers by their type in lower case. */
async function compileDemands() {
  const tables = { actionParts: partsByType('action'), triggerParts: partsByType('trigger') };
  const parts = [...new Set(Object.values(tables).flatMap((table) => Object.values(table)))];
  const exports = Object.fromEntries(
    ['definition', 'action', 'trigger', ...parts].map((part) => [validatorName(part), `#/definitions/${part}`]),
  );
  await compileValidator(checkedSchema(), 'validate-definition', exports, tables);
}

function validatorName(part: string): string {
  return `validate${part.charAt(0).toUpperCase()}${part.slice(1)}`;
}

/** Ajv's standalone code still calls for parts of Ajv's run time: esbuild puts them in, so that the module stands alone. */
async function compileValidator(
  schema: AnySchemaObject,
  module: string,
  exports: Record<string, string>,
  tables: Record<string, Record<string, string>> = {},
) {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    strictTypes: false,
    inlineRefs: false,
    // Findings have words of their own: src/document/schema-problems.ts.
    messages: false,
    code: { source: true, esm: true },
  });
  ajv.addVocabulary(['x-expected', 'x-rule', 'x-open']);
  ajv.addSchema(schema, module);
  const refs = Object.fromEntries(Object.entries(exports).map(([name, part]) => [name, `${module}${part}`]));
  const tableCode = Object.entries(tables).map(([name, table]) => {
    const entries = Object.entries(table).map(([word, part]) => `${JSON.stringify(word)}: ${validatorName(part)}`);
    return `export const ${name} = { ${entries.join(', ')} };\n`;
  });
  const contents = standaloneCode.default(ajv, refs) + tableCode.join('');
  const bundle = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    metafile: true,
    absWorkingDir: root,
    logLevel: 'error',
  });
  for (const file of Object.keys(bundle.metafile.inputs)) if (file !== '<stdin>') putIn.add(file);
  write(`${module}.js`, bundle.outputFiles[0]?.text ?? '');
  const declarations = [
    ...Object.keys(exports).map((name) => `export const ${name}: SchemaValidator;`),
    ...Object.keys(tables).map((name) => `export const ${name}: Readonly<Record<string, SchemaValidator>>;`),
  ];
  write(`${module}.d.ts`, `import type { SchemaValidator } from '../document/schema-problems.ts';\n${declarations.join('\n')}\n`);
}

/** The pages that findings name, for `certflow explain`: docs/ is not in the tarball. */
function rulePages(): string {
  const pages: [rule: string, page: string][] = [
    ...globSync('*.md', { cwd: join(root, 'docs', 'rules'), exclude: ['README.md'] }).map((page): [string, string] => [
      page.replace(/\.md$/, ''),
      `rules/${page}`,
    ]),
    ...['spec-syntax', 'spec-shape', 'spec-value', 'spec-local', 'spec-mended'].map((rule): [string, string] => [
      rule,
      'certflow-yaml.md',
    ]),
    ['document-syntax', 'commands/check.md'],
    ['suppression', 'suppressions.md'],
    ['check-file', 'suppressions.md'],
  ];
  const texts = pages.sort().map(([rule, page]) => [
    rule,
    readFileSync(join(root, 'docs', page), 'utf8')
      .replaceAll(/^<!-- (?:begin|end)[^\n]*-->\n/gm, '')
      .trim(),
  ]);
  return `export const rulePages: Readonly<Record<string, string>> = ${JSON.stringify(Object.fromEntries(texts))};\n`;
}

function compileTemplate(path: string) {
  const source = readFileSync(join(root, 'templates', path), 'utf8');
  const knownHelpers = Object.fromEntries(helperNames.map((name) => [name, true]));
  const code = Handlebars.precompile(source, { noEscape: true, strict: true, knownHelpers, knownHelpersOnly: true });
  const name = path.replaceAll('\\', '/').replace(/\.hbs$/, '');
  const up = relative(dirname(join(target, 'templates', name)), join(root, 'src', 'text')).replaceAll('\\', '/');
  write(`templates/${name}.js`, `export default ${code};\n`);
  write(
    `templates/${name}.d.ts`,
    `import type { CompiledTemplate } from '${up}/render.ts';\ndeclare const template: CompiledTemplate;\nexport default template;\n`,
  );
}

function write(path: string, text: string) {
  const file = join(target, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
