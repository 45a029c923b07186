import { asText } from '../../../diagnostics/words.ts';
import { isObject } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import type { Rule } from '../../rule.ts';
import { suggestName } from '../../words.ts';

export const staticResult: Rule = {
  name: 'static-result',
  severity: 'warning',
  category: 'correctness',
  summary: 'A static result that is switched on exists among staticResults',
  check: ({ definition, operations }, report) => {
    const names = isObject(definition.staticResults) ? Object.keys(definition.staticResults) : [];
    for (const { node, pointer } of operations) {
      if (node.runtimeConfiguration === undefined) continue;
      const setting = member(node, 'runtimeConfiguration', 'staticResult');
      const name = member(setting, 'name');
      // One that is switched off may stay behind: real templates have such.
      if (typeof name !== 'string' || asText(member(setting, 'staticResultOptions')).toLowerCase() !== 'enabled') continue;
      if (names.some((each) => each.toLowerCase() === name.toLowerCase())) continue;
      report({
        pointer: `${pointer}/runtimeConfiguration/staticResult/name`,
        message: `there is no static result "${name}"`,
        ...suggestName(name, names, 'staticResults'),
      });
    }
  },
};
