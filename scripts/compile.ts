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

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'src', 'generated');

/** The validators to make: the schema's file, the module's name, and the exported functions with the part of the schema each checks. */
const validators = [
  { schema: 'certflow', module: 'validate-spec-file', exports: { validateSpecFile: '#' } },
  { schema: 'check', module: 'validate-check-file', exports: { validateCheckFile: '#' } },
  { schema: 'cloud', module: 'validate-cloud-file', exports: { validateCloudFile: '#' } },
  {
    schema: 'test',
    module: 'validate-test-file',
    exports: { validateTestFile: '#', validateMocksFile: '#/definitions/mocksFile' },
  },
  {
    schema: 'definition',
    module: 'validate-definition',
    exports: {
      validateDefinition: '#',
      validateOperation: '#/definitions/operation',
      validateTrigger: '#/definitions/trigger',
      validateHttp: '#/definitions/http',
      validateApiConnection: '#/definitions/apiConnection',
      validateOpenApiConnection: '#/definitions/openApiConnection',
      validateServiceProvider: '#/definitions/serviceProvider',
      validateWorkflow: '#/definitions/workflow',
      validateFunctionCall: '#/definitions/functionCall',
      validateParseJson: '#/definitions/parseJson',
      validateQuery: '#/definitions/query',
      validateSelect: '#/definitions/select',
      validateJoin: '#/definitions/join',
      validateTable: '#/definitions/table',
      validateResponse: '#/definitions/response',
      validateTerminate: '#/definitions/terminate',
      validateForeach: '#/definitions/foreach',
      validateIf: '#/definitions/if',
      validateSwitch: '#/definitions/switch',
      validateUntil: '#/definitions/until',
      validateInitializeVariable: '#/definitions/initializeVariable',
      validateVariableChange: '#/definitions/variableChange',
      validateWait: '#/definitions/wait',
      validateTimeShift: '#/definitions/timeShift',
      validateTimeFromNow: '#/definitions/timeFromNow',
      validateTimeZone: '#/definitions/timeZone',
      validateContent: '#/definitions/content',
      validateCode: '#/definitions/code',
      validateSendToBatch: '#/definitions/sendToBatch',
      validateHttpWebhook: '#/definitions/httpWebhook',
      validateRecurring: '#/definitions/recurring',
    },
  },
];

rmSync(target, { recursive: true, force: true });
for (const { schema, module, exports } of validators) await compileValidator(readSchema(schema), module, exports);
write('spec-file.ts', await compileTypes(readSchema('certflow'), 'SpecFile', { additionalProperties: false, bannerComment: '' }));
write('check-file.ts', await compileTypes(readSchema('check'), 'CheckFile', { additionalProperties: false, bannerComment: '' }));
write('version.ts', `export const version = '${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}';\n`);
write('rule-pages.ts', rulePages());
for (const path of globSync('**/*.hbs', { cwd: join(root, 'templates') })) compileTemplate(path);

function readSchema(name: string): AnySchemaObject {
  return JSON.parse(readFileSync(join(root, 'schemas', `${name}.schema.json`), 'utf8'));
}

/** Ajv's standalone code still calls for parts of Ajv's run time: esbuild puts them in, so that the module stands alone. */
async function compileValidator(schema: AnySchemaObject, module: string, exports: Record<string, string>) {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    strictTypes: false,
    code: { source: true, esm: true },
  });
  ajv.addVocabulary(['x-expected']);
  ajv.addSchema(schema, module);
  const refs = Object.fromEntries(Object.entries(exports).map(([name, part]) => [name, `${module}${part}`]));
  const contents = standaloneCode.default(ajv, refs);
  const bundle = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    logLevel: 'error',
  });
  write(`${module}.js`, bundle.outputFiles[0]?.text ?? '');
  const declarations = Object.keys(exports).map((name) => `export const ${name}: SchemaValidator;`);
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
