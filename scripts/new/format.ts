import { type Addition, camelCase } from './addition.ts';

/** A format of one file: the definition of a Logic App (Consumption). */
export function newFormat(name: string): Addition {
  const source = `src/formats/${name}/write.ts`;
  const page = `docs/formats/${name}.md`;
  const index = 'src/formats/index.ts';
  const writers = 'src/formats/writing/writers.ts';
  return {
    files: { [source]: writer, [page]: formatPage(name) },
    lists: [
      { path: index, after: /^export const formats = \[[\s\S]*?(?=^\])/gm, line: entry(name) },
      { path: writers, after: /^import .*\n/gm, line: `import * as ${camelCase(name)} from '../${name}/write.ts';\n` },
      { path: writers, after: /^ {2}\S.*,\n/gm, line: `  '${name}': ${camelCase(name)},\n` },
      {
        path: 'README.md',
        after: /^\| \[`[\w-]+`\]\(docs\/formats\/.*\n/gm,
        line: `| [\`${name}\`](${page}) | \`workflow.json\` | people who take the definition alone |\n`,
      },
    ],
    golden: ['test/formats/golden.test.ts', '-t', `as ${name}$`],
    next: [
      `In ${source}, make the files; \`WriteInput\` (src/formats/format.ts) has what they are made of.`,
      `In ${index}, say what the format is, and on which host its definition runs.`,
      `In ${page} and the table of README.md, say which files there are, and for whom.`,
      `npm run golden, and read what it wrote into test/golden/${name}/.`,
      'Where certflow should read the format too: read.ts and recognise.ts beside write.ts, and an entry in src/formats/reading/readers.ts.',
    ],
  };
}

const writer = `import { consumption } from '../../workflow/dialects/consumption.ts';
import type { GeneratedFile, WriteInput } from '../format.ts';
import { toJson } from '../writing/json.ts';

export const dialect = () => consumption;

export function write({ definition }: WriteInput): GeneratedFile[] {
  return [{ path: 'workflow.json', contents: toJson(definition) }];
}
`;

function entry(name: string): string {
  return `  {
    name: '${name}',
    host: 'consumption',
    summary: 'the definition alone',
    load: writerIn(() => import('./${name}/write.ts')),
  },
`;
}

function formatPage(name: string): string {
  return `# Format \`${name}\`

| file | what it is |
|---|---|
| \`workflow.json\` | The bare workflow definition. The same bytes in every environment. |
`;
}
