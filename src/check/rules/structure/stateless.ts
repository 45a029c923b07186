import { statelessLimits as most } from '../../../definition/limits.ts';
import { member } from '../../../json/member.ts';
import type { Rule } from '../../rule.ts';

export const stateless: Rule = {
  name: 'stateless',
  severity: 'error',
  category: 'correctness',
  summary: 'A stateless workflow has no concurrency and no chunked transfer, and keeps its smaller limits',
  check: (subject, report) => {
    if (subject.surroundings.kind?.toLowerCase() !== 'stateless') return;
    for (const { node, name, typeWord, pointer } of subject.operations) {
      if (member(node, 'runtimeConfiguration', 'concurrency') !== undefined)
        report({
          pointer: `${pointer}/runtimeConfiguration/concurrency`,
          part: 'key',
          message: `"${name}" sets concurrency, which a stateless workflow does not take`,
          help: 'leave it out, or make the workflow stateful',
        });
      if (member(node, 'runtimeConfiguration', 'contentTransfer') !== undefined)
        report({
          pointer: `${pointer}/runtimeConfiguration/contentTransfer`,
          part: 'key',
          message: `"${name}" sets contentTransfer, which a stateless workflow does not take`,
          help: 'leave it out (Settings, Content transfer: off), or make the workflow stateful',
        });
      const milder = (at: string, message: string) =>
        report({ pointer: pointer + at, message, help: 'make the workflow stateful', severity: 'warning' });
      const count = member(node, 'limit', 'count');
      if (typeWord === 'until' && typeof count === 'number' && count > most.untilCount)
        milder('/limit/count', `a stateless workflow repeats a loop ${most.untilCount} times at most`);
      if (typeWord === 'foreach' && Array.isArray(node.foreach) && node.foreach.length > most.items)
        milder('/foreach', `a stateless workflow loops over ${most.items} items at most`);
      const variables = typeWord === 'initializevariable' ? member(node, 'inputs', 'variables') : undefined;
      for (const [index, variable] of Array.isArray(variables) ? variables.entries() : []) {
        const value = subject.literal(member(variable, 'value'));
        if (value !== undefined && value.length > most.variable)
          milder(
            `/inputs/variables/${index}/value`,
            `a variable of a stateless workflow holds ${most.variable} characters at most`,
          );
      }
    }
  },
};
