// `npm run docs`: fills the parts of the documents that come from the code, between <!-- begin … --> and <!-- end -->.
// A test calls `filled` and fails where a document says something else.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../src/cli/main.ts';
import { rights } from '../src/cloud/rights.ts';
import { actionTypes } from '../src/definition/operations.ts';
import { runTypes } from '../src/engine/actions/index.ts';
import { notRunFunctions } from '../src/engine/functions/index.ts';
import { generate, parseSpec } from '../src/index.ts';
import { checkedRules } from '../src/library/all-rules.ts';
import { troubles } from '../src/troubles/troubles.ts';
import { rulePart } from './rule-page.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export const documents = ['README.md', ...globSync('docs/**/*.md', { cwd: root })].map((path) => path.replaceAll('\\', '/'));

/** A document with its parts filled anew. */
export async function filled(path: string): Promise<string> {
  const text = readFileSync(join(root, path), 'utf8');
  let result = '';
  let end = 0;
  for (const match of text.matchAll(/<!-- begin ([^\n]*?) -->\n[\s\S]*?<!-- end -->/g)) {
    const [block, source = ''] = match;
    result += `${text.slice(end, match.index)}<!-- begin ${source} -->\n${await content(source)}\n<!-- end -->`;
    end = match.index + block.length;
  }
  return result + text.slice(end);
}

/**
 * `help <command>`: what --help says. `file <path>`: a file. `definition <spec>`: the definition that a spec becomes.
 * `rule <part> <name>`: the summary, the bad example or the cure of a rule. `rules`: all of them, by category. `codes`: the table of Azure's codes.
 * `rights`: what each step of setting up takes. `not-run`: what the engine does not run.
 */
async function content(source: string): Promise<string> {
  const [kind, ...rest] = source.split(' ');
  const argument = rest.join(' ');
  if (kind === 'help') return fence('text', await help(rest));
  if (kind === 'file') return fence(argument.endsWith('.json') ? 'json' : 'yaml', readFileSync(join(root, argument), 'utf8'));
  if (kind === 'codes') return codesTable();
  if (kind === 'rights') return rightsTable();
  if (kind === 'not-run') return notRun();
  if (kind === 'rules') return rulesByCategory();
  if (kind === 'rule') return rulePart(rest[0] ?? '', rest[1] ?? '');
  if (kind === 'definition') {
    const spec = parseSpec(readFileSync(join(root, argument), 'utf8'));
    const [environment] = spec.environments.keys();
    const [definition] = generate(spec, { format: 'definition', ...(environment ? { environment } : {}) });
    return fence('json', String(definition?.contents));
  }
  throw new Error(`a document asks for "${source}", which nothing makes`);
}

/** What the engine knows by name and does not run. */
function notRun(): string {
  const types = [...actionTypes.values()].map(({ name }) => name).filter((name) => !runTypes.includes(name.toLowerCase()));
  const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
  return `Types of actions: ${code(types)}.\n\nFunctions: ${code(notRunFunctions)}.`;
}

function rightsTable(): string {
  const rows = Object.values(rights).map(({ step, what, givenBy }) => `| ${step} | ${what} | ${givenBy} |`);
  return ['| step | takes | who can give it |', '|---|---|---|', ...rows].join('\n');
}

const categories = {
  security: 'Security: where secrets leak, and who gets in',
  correctness: 'Correctness: what is refused, and what fails at run time',
  style: 'Style',
};

function rulesByCategory(): string {
  return Object.entries(categories)
    .map(([category, title]) => {
      const ofCategory = checkedRules.filter((rule) => rule.category === category).sort((a, b) => (a.name < b.name ? -1 : 1));
      const rows = ofCategory.map(({ name, severity, summary }) => `| [${name}](${name}.md) | ${severity} | ${summary} |`);
      return [`## ${title}`, '', '| rule | severity | what holds |', '|---|---|---|', ...rows].join('\n');
    })
    .join('\n\n');
}

/** A table for each service. */
function codesTable(): string {
  return [...new Set(troubles.map(({ service }) => service))]
    .map((service) => {
      const rows = troubles
        .filter((trouble) => trouble.service === service)
        .map(({ code, cause, cure, source }) => `| \`${code}\` | ${cause} | ${cure} | [source](${source}) |`);
      return [`## ${service}`, '', '| code, or words | cause | what to do | |', '|---|---|---|---|', ...rows].join('\n');
    })
    .join('\n\n')
    .replaceAll('<', '\\<');
}

async function help(command: readonly string[]): Promise<string> {
  let text = '';
  const sink = { write: (more: string) => (text += more), isTTY: false };
  await main([...command, '--help'], { stdout: sink, stderr: sink, env: {} });
  return text;
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trim()}\n\`\`\``;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const path of documents) writeFileSync(join(root, path), await filled(path));
}
