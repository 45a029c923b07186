import { parameterType } from '../../../definition/parameters.ts';
import { isPlaceholder } from '../../../diagnostics/placeholder.ts';
import { isObject } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { pointerStep } from '../../../json/pointer.ts';
import type { Rule } from '../../rule.ts';

export const secureParameterDefault: Rule = {
  name: 'secure-parameter-default',
  severity: 'warning',
  category: 'security',
  summary: 'A secure parameter has no default value',
  check: (subject, report) => {
    const { parameters } = subject.definition;
    for (const [name, declared] of Object.entries(isObject(parameters) ? parameters : {})) {
      const type = parameterType(member(declared, 'type'));
      const value = member(declared, 'defaultValue');
      if ((type !== 'SecureString' && type !== 'SecureObject') || isEmpty(value)) continue;
      if (typeof value === 'string' && isPlaceholder(value)) continue;
      const isArm = subject.isArmExpression(value);
      // What ARM works out of nothing that was given to it is no secret.
      if (isArm && !/\b(parameters|variables|list\w*|reference)\(/i.test(String(value))) continue;
      report({
        pointer: `/parameters${pointerStep(name)}/defaultValue`,
        ...(isArm ? { part: 'key' as const } : { isSecret: true as const }),
        message: isArm
          ? `the template puts a value into the default of the secure parameter "${name}", and a default is in the deployed definition for everyone who may read it`
          : `the secure parameter "${name}" has a default, which is in the definition for everyone who may read it`,
        help: isArm
          ? `leave defaultValue out, and give the value in the parameters of the workflow's resource: "${name}": { "value": … }`
          : 'leave defaultValue out, and give the value when it is deployed',
      });
    }
  },
};

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (isObject(value) && Object.keys(value).length === 0);
}
