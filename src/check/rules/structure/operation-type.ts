import { actionTypes, type NamedOperationType, triggerTypes } from '../../../definition/operations.ts';
import type { OperationEntry } from '../../../definition/walk.ts';
import type { Rule } from '../../rule.ts';
import { suggestName } from '../../words.ts';

const hostNames = { consumption: 'Consumption', standard: 'Standard', 'power-automate': 'Power Automate' };

export const operationType: Rule = {
  name: 'operation-type',
  severity: 'error',
  category: 'correctness',
  summary: 'Every trigger and action is of a type that exists and that its host knows',
  check: (subject, report) => {
    const { host } = subject.surroundings;
    const look = (entries: readonly OperationEntry[], types: ReadonlyMap<string, NamedOperationType>, what: string) => {
      for (const { type, typeWord, pointer } of entries) {
        if (type === '' || subject.isComputed(type)) continue;
        const known = types.get(typeWord);
        if (!known) {
          const names = [...types.values()].map(({ name }) => name);
          const help = suggestName(type, names, `types of ${what}s`);
          report({ pointer: `${pointer}/type`, message: `there is no ${what} of type "${type}"`, help });
        } else if (host && known.hosts && !known.hosts.includes(host)) {
          report({
            pointer: `${pointer}/type`,
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
