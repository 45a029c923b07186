import { existsSync, readdirSync } from 'node:fs';
import { type Addition, camelCase } from './addition.ts';

const rulesFolder = 'src/check/rules';

/** A rule that finds actions of one name. */
export function newRule(name: string, folder = 'structure'): Addition {
  const folders = readdirSync(rulesFolder).filter((each) => !each.includes('.'));
  if (!folders.includes(folder)) throw new Error(`${rulesFolder} has no folder "${folder}": it has ${folders.join(', ')}`);
  const taken = folders.find((each) => existsSync(`${rulesFolder}/${each}/${name}.ts`));
  if (taken) throw new Error(`there is a rule "${name}" already: ${rulesFolder}/${taken}/${name}.ts`);
  const source = `${rulesFolder}/${folder}/${name}.ts`;
  const fixtures = `test/fixtures/rules/${name}`;
  const page = `docs/rules/${name}.md`;
  const index = `${rulesFolder}/index.ts`;
  return {
    files: {
      [source]: rule(name),
      [`${fixtures}/bad.json`]: fixture('Unnamed'),
      [`${fixtures}/good.json`]: fixture('Greeting'),
      [page]: rulePage(name),
    },
    lists: [
      { path: index, after: /^import .*\n/gm, line: `import { ${camelCase(name)} } from './${folder}/${name}.ts';\n` },
      { path: index, after: /^ {2}\w+,\n/gm, line: `  ${camelCase(name)},\n` },
    ],
    golden: ['test/check/rules.test.ts', '-t', name],
    next: [
      `In ${fixtures}/, write into bad.json what is wrong, and into good.json the same workflow once it is right.`,
      `In ${source}, look for that in the subject (src/check/subject.ts), and report it.`,
      `In ${page}, say why, and name the public source that shows it; of an error, also the refusal that was seen, after \`Refused:\`.`,
      'npm run golden, and read what it changed.',
    ],
  };
}

function rule(name: string): string {
  return `import type { Rule } from '../../rule.ts';

export const ${camelCase(name)}: Rule = {
  name: '${name}',
  severity: 'info',
  category: 'style',
  summary: 'An action has a name that says what it does',
  check: (subject, report) => {
    for (const entry of subject.actions) {
      if (entry.name !== 'Unnamed') continue;
      report({
        pointer: entry.pointer,
        part: 'key',
        message: \`the name "\${entry.name}" does not say what the action does\`,
        help: 'name it after what it does',
      });
    }
  },
};
`;
}

function fixture(action: string): string {
  return `{
  "host": "consumption",
  "definition": {
    "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
    "contentVersion": "1.0.0.0",
    "parameters": {},
    "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": { "schema": {} } } },
    "actions": {
      "${action}": { "type": "Compose", "inputs": "Hello", "runAfter": {} }
    },
    "outputs": {}
  }
}
`;
}

/** A part that `npm run docs` fills. */
const part = (name: string, rule: string) => `<!-- begin rule ${name} ${rule} -->\n<!-- end -->`;

function rulePage(name: string): string {
  return `# ${name}

${part('summary', name)}

Run history and the designer show actions by their names.

## Bad

${part('bad', name)}

## Cure

${part('cure', name)}

Evidence: Microsoft, [Trigger and action types reference](https://learn.microsoft.com/azure/logic-apps/logic-apps-workflow-actions-triggers).
`;
}
