import { asText } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import { keyNamed, member, memberNamed } from '../../json/member.ts';
import { pointerStep } from '../../json/pointer.ts';
import { isArmExpression } from '../../template-language/expression.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { templateParameters } from '../reading/package-rules.ts';
import { type ArmTemplate, isDeployment } from './templates.ts';

/** Tells of parameters that a template gives wrongly to one inside it. Source: docs/facts/resource-manager.md#expressions-and-escapes. */
export function checkNestedParameters(reading: DocumentFiles, path: string, { resources, isStored }: ArmTemplate) {
  for (const { resource, pointer } of resources) {
    const { properties } = resource;
    const template = member(properties, 'template');
    if (!isDeployment(resource) || !isObject(template)) continue;
    const declared = isObject(template.parameters) ? template.parameters : {};
    const given = member(properties, 'parameters') ?? {};
    // What is worked out as a whole, or linked, is not known.
    if (!isObject(given) || member(properties, 'parametersLink') !== undefined) continue;
    const report = (at: string, message: string, help: string) =>
      reading.report(templateParameters, {
        path,
        at: `${pointer}/properties${at}`,
        message,
        help,
        ...(isStored && { severity: 'warning' }),
      });
    for (const [name, value] of Object.entries(given)) {
      const at = `/parameters${pointerStep(name)}`;
      if (typeof value === 'string' ? !isArmExpression(value) : !isObject(value) && value !== null)
        report(
          at,
          `the parameter "${name}" is given a bare value, and ARM takes a group with the member value`,
          `write "${name}": { "value": … }`,
        );
      if (keyNamed(declared, name) === undefined)
        report(
          at,
          `a value is given for "${name}", but the template inside declares no such parameter`,
          'declare it there, or take the value away',
        );
    }
    const isInner = /^inner$/i.test(asText(member(properties, 'expressionEvaluationOptions', 'scope')));
    for (const [name, parameter] of Object.entries(isInner ? declared : {}))
      if (
        isObject(parameter) &&
        parameter.defaultValue === undefined &&
        memberNamed(given, name) === undefined &&
        parameter.nullable !== true
      )
        report(
          `/template/parameters${pointerStep(name)}`,
          `the template inside has the parameter "${name}" without a default, and is given no value for it`,
          `add "${name}": { "value": … } to the parameters of the deployment`,
        );
  }
}
