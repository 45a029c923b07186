import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rules } from '../src/check/rules/index.ts';
import { renderPretty } from '../src/diagnostics/render-pretty.ts';
import { show } from '../src/diagnostics/show.ts';
import { type CheckOptions, check, type Diagnostic } from '../src/index.ts';
import { cureDiff, markedParts } from './rule-example.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export const pagePath = (name: string) => `${root}docs/rules/${name}.md`;
const fixturePath = (name: string, file: 'bad.json' | 'good.json') => `${root}test/fixtures/rules/${name}/${file}`;

/** What the checker says of a rule's fixture: a definition, and what surrounds it, in one file. */
export function checkFixture(name: string, file: 'bad.json' | 'good.json'): { text: string; diagnostics: Diagnostic[] } {
  const text = readFileSync(fixturePath(name, file), 'utf8');
  const { definition, ...surroundings }: { definition: unknown } & CheckOptions = JSON.parse(text);
  const places = {
    parameters: { pointer: '/parameters' },
    connections: { pointer: '/connections' },
    connectionReferences: { pointer: '/connectionReferences' },
    templateOutputs: { pointer: '/templateOutputs' },
  };
  return { text, diagnostics: check(definition, { ...surroundings, file, text, pointer: '/definition', places }) };
}

/** What the terminal shows of the rule's findings in its bad example. */
export function badOutput(name: string): string {
  const { text, diagnostics } = checkFixture(name, 'bad.json');
  const found = diagnostics.filter(({ rule }) => rule === name);
  return show(renderPretty(found, () => text, { secrets: diagnostics }));
}

/** A part of a rule's page: `summary`, `bad` or `cure`. */
export function rulePart(part: string, name: string): string {
  const code = (language: string, text: string) => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
  switch (part) {
    case 'summary': {
      const rule = rules.find((each) => each.name === name);
      return `${rule?.summary}.\n\nSeverity: ${rule?.severity}. Category: ${rule?.category}.`;
    }
    case 'bad': {
      const { text, diagnostics } = checkFixture(name, 'bad.json');
      const found = diagnostics.filter(({ rule }) => rule === name);
      return `${code('jsonc', markedParts(JSON.parse(text), found))}\n\n${code('text', [...new Set(found.map(told))].join('\n'))}`;
    }
    case 'cure':
      return code(
        'diff',
        cureDiff(JSON.parse(checkFixture(name, 'bad.json').text), JSON.parse(checkFixture(name, 'good.json').text)),
      );
    default:
      throw new Error(`a rule's page has no part "${part}"`);
  }
}

/** What the terminal says of a finding, but for its place in the file, of which the page shows a part. */
function told({ severity, message, path = [], help }: Diagnostic): string {
  const steps = path.map((step, index) => `${index === 0 ? '  path:' : '       '} ${index + 1}. ${step.message}`);
  return [`${severity}: ${message}`, ...steps, ...(help === undefined ? [] : [`  help: ${help}`])].join('\n');
}
