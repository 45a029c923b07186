// Turns the JSON Schemas and the Handlebars templates into modules in src/generated/, so that none is compiled at run time.
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type AnySchemaObject, type Options } from 'ajv';
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
for (const { schema, module, name } of validators)
  await compileValidator(rootedSchema(schema), module, { [name]: '#/definitions/root' });
// It holds or it does not: nobody is told in words what is wrong.
const promises = withoutDescriptions(rootedSchema('certificate-workflow'));
await compileValidator(
  promises,
  'validate-certificate-workflow',
  { validateCertificateWorkflow: '#/definitions/root' },
  { verbose: false },
);
await compileValidator(readSchema('test'), 'validate-test-file', {
  validateTestFile: '#',
  validateMocksFile: '#/definitions/mocksFile',
});
await compileDemands();
write('definition-words.ts', definitionWords());
write('spec-file.ts', await compileTypes(readSchema('certflow'), 'SpecFile', { additionalProperties: false, bannerComment: '' }));
write('check-file.ts', await compileTypes(readSchema('check'), 'CheckFile', { additionalProperties: false, bannerComment: '' }));
const { version, homepage } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const address = `export const homepage: string | undefined = ${JSON.stringify(homepage)};\n`;
write(
  'version.ts',
  `export const version = ${JSON.stringify(version)};\n\n/** Where docs/ is found, once somebody has said it in package.json. */\n${address}`,
);
write('rule-pages.ts', rulePages());
write('hcl-grammar.ts', hclGrammar());
for (const path of globSync('**/*.hbs', { cwd: join(root, 'templates') })) compileTemplate(path);

/** The grammar of HCL and what runs it, which are WebAssembly, as base64: so they come along in the bundle. */
function hclGrammar(): string {
  const files = {
    runtime: 'web-tree-sitter/web-tree-sitter.wasm',
    grammar: '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm',
  };
  return Object.entries(files)
    .map(([name, path]) => {
      const file = `node_modules/${path}`;
      putIn.add(file);
      return `export const ${name} = '${readFileSync(join(root, file)).toString('base64')}';\n`;
    })
    .join('');
}

function readSchema(name: string): AnySchemaObject {
  return JSON.parse(readFileSync(join(root, 'schemas', `${name}.schema.json`), 'utf8'));
}

/** A schema as one of its definitions: code that names a part of a schema holds all of it, and the whole holds every definition. */
function rootedSchema(name: string): AnySchemaObject {
  const { definitions, $schema: _, ...root } = readSchema(name);
  return { definitions: { ...definitions, root } };
}

function withoutDescriptions(schema: AnySchemaObject): AnySchemaObject {
  return JSON.parse(
    JSON.stringify(schema, (key, value) => (key === 'description' && typeof value === 'string' ? undefined : value)),
  );
}

/** A validator for each part of a definition, and tables of those for actions and triggers by their type in lower case. */
async function compileDemands() {
  const tables = { actionParts: partsByType('action'), triggerParts: partsByType('trigger') };
  const parts = [...new Set(Object.values(tables).flatMap((table) => Object.values(table)))];
  const exports = Object.fromEntries(
    ['definition', 'action', 'trigger', ...parts].map((part) => [validatorName(part), `#/definitions/${part}`]),
  );
  await compileValidator(checkedSchema(), 'validate-definition', exports, { tables });
}

function validatorName(part: string): string {
  return `validate${part.charAt(0).toUpperCase()}${part.slice(1)}`;
}

/** Ajv's standalone code still calls for parts of Ajv's run time: esbuild puts them in, so that the module stands alone. */
async function compileValidator(
  schema: AnySchemaObject,
  module: string,
  exports: Record<string, string>,
  { tables = {}, ...options }: Options & { tables?: Record<string, Record<string, string>> } = {},
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
    ...options,
  });
  ajv.addVocabulary(['x-expected', 'x-rule', 'x-open']);
  ajv.addSchema(schema, module);
  const refs = Object.fromEntries(Object.entries(exports).map(([name, part]) => [name, `${module}${part}`]));
  const tableCode = Object.entries(tables).map(([name, table]) => {
    const entries = Object.entries(table).map(([word, part]) => `${JSON.stringify(word)}: ${validatorName(part)}`);
    return `export const ${name} = { ${entries.join(', ')} };\n`;
  });
  // Where a check stands in the schema is told to nobody, and makes the code longer.
  const code = standaloneCode.default(ajv, refs).replaceAll(/schemaPath:"[^"]*",/g, '');
  const contents = code + tableCode.join('');
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
    ...['test-file', 'test-failed', 'test-mistake'].map((rule): [string, string] => [rule, 'commands/test.md']),
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
