import { parameterType } from '../../../definition/parameters.ts';
import { isObject } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { pointerStep } from '../../../json/pointer.ts';
import type { Rule } from '../../rule.ts';
import { secretsOf } from '../../secret-flow/secrets.ts';

export const plainCredentialParameter: Rule = {
  name: 'plain-credential-parameter',
  severity: 'warning',
  category: 'security',
  summary: 'In Consumption, a parameter that holds a credential is a SecureString or a SecureObject',
  check: (subject, report) => {
    const { definition, surroundings } = subject;
    // Elsewhere there are no such types: in Standard, parameters take credentials from app settings.
    if (surroundings.host !== 'consumption') return;
    const told = new Set<string>();
    const declared = isObject(definition.parameters) ? definition.parameters : {};
    for (const { origin, use, steps } of secretsOf(subject).demands) {
      if (origin.kind !== 'parameter' || told.has(origin.name.toLowerCase())) continue;
      const name = Object.keys(declared).find((each) => each.toLowerCase() === origin.name.toLowerCase());
      const type = name === undefined ? undefined : parameterType(member(declared[name], 'type'));
      if (name === undefined || name.startsWith('$') || (type !== 'String' && type !== 'Object')) continue;
      told.add(name.toLowerCase());
      const pointer = `/parameters${pointerStep(name)}`;
      report({
        pointer: `${pointer}/type`,
        message: `"${use.operation?.name}" signs in with the parameter "${name}", and everyone who may read the Logic App sees the value of a ${type}`,
        path: [{ pointer, part: 'key', message: `the parameter "${name}" holds it` }, ...steps],
        help: `write "type": "Secure${type}", without a default`,
      });
    }
  },
};
