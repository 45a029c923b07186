import { parameterType } from '../../../definition/parameters.ts';
import { isPlaceholder } from '../../../diagnostics/placeholder.ts';
import { isObject } from '../../../json/json.ts';
import { entryOf, member, memberNamed } from '../../../json/member.ts';
import { pointerStep } from '../../../json/pointer.ts';
import type { Rule } from '../../rule.ts';

/**
 * The types of parameters that stand for an environment variable of a type. Source:
 * docs/facts/solution.md#environment-variables.
 */
const parameterTypes: Readonly<Record<string, readonly string[]>> = {
  String: ['String'],
  Number: ['Int', 'Float'],
  Boolean: ['Bool'],
  JSON: ['Object', 'Array'],
  'Data source': ['String'],
};

export const environmentVariable: Rule = {
  name: 'environment-variable',
  severity: 'error',
  category: 'correctness',
  summary: 'A parameter that stands for an environment variable has its type, and the variable is no secret',
  check: ({ definition, surroundings }, report) => {
    const known = surroundings.environmentVariables;
    if (known === undefined) return;
    const { parameters } = definition;
    for (const [name, declared] of Object.entries(isObject(parameters) ? parameters : {})) {
      const schemaName = member(declared, 'metadata', 'schemaName');
      if (typeof schemaName !== 'string' || isPlaceholder(schemaName)) continue;
      const pointer = `/parameters${pointerStep(name)}`;
      const variable = memberNamed(known, schemaName);
      const type = member(variable, 'type');
      if (variable === undefined)
        report({
          pointer: `${pointer}/metadata/schemaName`,
          message: `the solution has no environment variable "${schemaName}"`,
          about: { found: schemaName },
          help: 'add it to the solution, or import the solution that has it first',
          // Solutions made of several parts are exported so.
          severity: 'info',
        });
      else if (type === 'Secret')
        report({
          pointer,
          part: 'key',
          message: `"${schemaName}" is a secret, which a flow cannot read with parameters(): it will not turn on`,
          about: { found: schemaName },
          help: 'read it with the Dataverse action RetrieveEnvironmentVariableSecretValue',
        });
      else {
        const expected = typeof type === 'string' ? entryOf(parameterTypes, type) : undefined;
        const declaredType = parameterType(member(declared, 'type'));
        if (!expected || !declaredType || expected.includes(declaredType)) continue;
        report({
          pointer: `${pointer}/type`,
          message: `"${schemaName}" is an environment variable of type ${type}, and the parameter is ${declaredType}`,
          about: { found: schemaName },
          help: `write ${expected[0]}`,
        });
      }
    }
  },
};
