import { actionTypes, type NamedOperationType, triggerTypes } from '../../../definition/operations.ts';
import type { OperationEntry } from '../../../definition/walk.ts';
import { nearest } from '../../../diagnostics/nearest.ts';
import { aboutWord, quote } from '../../../diagnostics/words.ts';
import { entryOf } from '../../../json/member.ts';
import { spell } from '../../mends.ts';
import type { Rule } from '../../rule.ts';

const hostNames = { consumption: 'Consumption', standard: 'Standard', 'power-automate': 'Power Automate' };

/** Types by the name that the designer shows for them, in lower case. */
const designerNames: Readonly<Record<string, string>> = {
  condition: 'If',
  delay: 'Wait',
  delayuntil: 'Wait',
  filterarray: 'Query',
  httprequest: 'Http',
  createcsvtable: 'Table',
  createhtmltable: 'Table',
  dountil: 'Until',
};

function namesOf(types: ReadonlyMap<string, NamedOperationType>): string[] {
  return [...types.values()].map(({ name }) => name);
}

export const operationType: Rule = {
  name: 'operation-type',
  severity: 'error',
  category: 'correctness',
  summary: 'Every trigger and action is of a type that exists and that its host knows',
  check: (subject, report) => {
    const { host } = subject.surroundings;
    const look = (entries: readonly OperationEntry[], types: ReadonlyMap<string, NamedOperationType>, what: string) => {
      for (const { type, typeWord, pointer } of entries) {
        if (type === '') continue;
        const known = types.get(typeWord);
        if (!known) {
          if (subject.isOpen(type) || isToolOfConnector(typeWord, pointer)) continue;
          const near = entryOf(designerNames, typeWord) ?? nearest(type, namesOf(types));
          report({
            pointer: `${pointer}/type`,
            message: `there is no ${what} of type ${quote(type)}`,
            about: aboutWord(type, namesOf(types), near),
            help: near ? `did you mean "${near}"?` : 'write the type that code view shows, such as Http, Compose or If',
            fix: spell(type, namesOf(types), `${pointer}/type`),
          });
        } else if (host && known.hosts && !known.hosts.includes(host)) {
          report({
            pointer: `${pointer}/type`,
            about: { found: known.name },
            message: `${hostNames[host]} has no ${what} of type ${known.name}`,
            help: `it exists in ${known.hosts.map((each) => hostNames[each]).join(' and ')} only`,
          });
        }
      }
    };
    look(subject.triggers, triggerTypes, 'trigger');
    look(subject.actions, actionTypes, 'action');
  },
};

/** What the designer writes for an operation of a connector that an agent calls as a tool. */
function isToolOfConnector(typeWord: string, pointer: string): boolean {
  return typeWord === 'connector' && /\/tools\/[^/]+\/actions\//.test(pointer);
}
