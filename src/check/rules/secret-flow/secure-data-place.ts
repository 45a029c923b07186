import { isGroup, member, type OperationEntry } from '../../../definition/walk.ts';
import type { Fix } from '../../../diagnostics/fix.ts';
import { asText } from '../../../diagnostics/words.ts';
import type { Rule } from '../../rule.ts';
import { cannotHide } from '../../secure-data.ts';

export const secureDataPlace: Rule = {
  name: 'secure-data-place',
  severity: 'warning',
  category: 'security',
  summary: 'runtimeConfiguration stands beside inputs, where the service looks for it',
  check: ({ operations }, report) => {
    for (const entry of operations) {
      const { node, pointer } = entry;
      if (member(node, 'inputs', 'runtimeConfiguration', 'secureData') === undefined) continue;
      report({
        pointer: `${pointer}/inputs/runtimeConfiguration`,
        part: 'key',
        message: 'runtimeConfiguration stands inside inputs, where it has no effect: nothing is hidden from run history',
        help: 'move it out of inputs, to stand beside it',
        fix: moveOut(entry),
      });
    }
  },
};

/** Other settings in it would come into force too, and what the operation cannot hide would be refused: then it is left to a person. */
function moveOut({ node, name, typeWord, pointer }: OperationEntry): Fix | undefined {
  const inside = member(node, 'inputs', 'runtimeConfiguration');
  const properties = member(inside, 'secureData', 'properties');
  const isPlain = isGroup(inside) && Object.keys(inside).length === 1 && Array.isArray(properties);
  const canHide = (part: unknown) =>
    /^(inputs|outputs)$/i.test(asText(part)) && !cannotHide(typeWord, asText(part).toLowerCase() as 'inputs');
  if (!isPlain || !properties.every(canHide) || node.runtimeConfiguration !== undefined) return undefined;
  return {
    description: `move runtimeConfiguration of "${name}" out of inputs`,
    edits: [{ kind: 'move', from: `${pointer}/inputs/runtimeConfiguration`, pointer: `${pointer}/runtimeConfiguration` }],
  };
}
