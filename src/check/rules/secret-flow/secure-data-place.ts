import type { OperationEntry } from '../../../definition/walk.ts';
import type { Fix } from '../../../diagnostics/fix.ts';
import { asText } from '../../../diagnostics/words.ts';
import { isObject } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import type { Finding, Rule } from '../../rule.ts';
import { cannotHide } from '../../secure-data.ts';

export const secureDataPlace: Rule = {
  name: 'secure-data-place',
  severity: 'warning',
  category: 'security',
  summary: 'secureData is in runtimeConfiguration beside inputs, names what it hides, and has no tracked properties beside it',
  check: (subject, report) => {
    for (const entry of subject.operations) {
      const { pointer, node, name } = entry;
      if (member(node, 'inputs', 'runtimeConfiguration', 'secureData') !== undefined)
        report({
          pointer: `${pointer}/inputs/runtimeConfiguration`,
          part: 'key',
          message: 'runtimeConfiguration stands inside inputs, where it has no effect: nothing is hidden from run history',
          help: 'move it out of inputs, to stand beside it',
          fix: moveOut(entry),
        });
      if (node.secureData !== undefined) report(outside(`${pointer}/secureData`));
      if (member(node.inputs, 'secureData') !== undefined) report(outside(`${pointer}/inputs/secureData`));
      const secureData = member(node, 'runtimeConfiguration', 'secureData');
      if (!isObject(secureData)) continue;
      // Where it is no list, or one with other words, the rule members tells.
      if (Array.isArray(secureData.properties) && secureData.properties.length === 0)
        report({
          pointer: `${pointer}/runtimeConfiguration/secureData`,
          part: 'key',
          message: 'secureData names nothing to hide',
          help: 'write "properties": ["inputs", "outputs"], or one of them',
        });
      const tracked = node.trackedProperties;
      if (isObject(tracked) && Object.keys(tracked).length > 0)
        report({
          pointer: `${pointer}/trackedProperties`,
          part: 'key',
          message: `"${name}" hides its data and tracks properties, and the service does not take both`,
          help: 'take trackedProperties out, or track them in an action that has no secret',
        });
    }
  },
};

function outside(pointer: string): Finding {
  return {
    pointer,
    part: 'key',
    message: 'secureData stands outside of runtimeConfiguration, where it has no effect: nothing is hidden from run history',
    help: 'write "runtimeConfiguration": { "secureData": { "properties": ["inputs", "outputs"] } } beside inputs',
  };
}

/** Other settings in it would come into force too, and what the operation cannot hide would be refused: then it is left to a person. */
function moveOut({ node, name, typeWord, pointer }: OperationEntry): Fix | undefined {
  const inside = member(node, 'inputs', 'runtimeConfiguration');
  const properties = member(inside, 'secureData', 'properties');
  const isPlain = isObject(inside) && Object.keys(inside).length === 1 && Array.isArray(properties);
  const canHide = (part: unknown) =>
    /^(inputs|outputs)$/i.test(asText(part)) && !cannotHide(typeWord, asText(part).toLowerCase() as 'inputs');
  if (!isPlain || !properties.every(canHide) || node.runtimeConfiguration !== undefined || node.trackedProperties !== undefined)
    return undefined;
  return {
    description: `move runtimeConfiguration of "${name}" out of inputs`,
    edits: [{ kind: 'move', from: `${pointer}/inputs/runtimeConfiguration`, pointer: `${pointer}/runtimeConfiguration` }],
  };
}
