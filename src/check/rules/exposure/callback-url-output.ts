import { walkStrings } from '../../../definition/walk.ts';
import { asText } from '../../../diagnostics/words.ts';
import { isObject } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { toPointer } from '../../../json/pointer.ts';
import type { Rule } from '../../rule.ts';

export const callbackUrlOutput: Rule = {
  name: 'callback-url-output',
  severity: 'warning',
  category: 'security',
  summary: 'The outputs of a template hold no callback URL and no key',
  check: ({ surroundings: { templateOutputs } }, report) => {
    if (!isObject(templateOutputs)) return;
    for (const [name, output] of Object.entries(templateOutputs)) {
      // Outputs of these types are not kept.
      if (/^secure/i.test(asText(member(output, 'type')))) continue;
      walkStrings(member(output, 'value'), [name, 'value'], (text, path) => {
        const called = /\b(listCallbackUrl|listKeys|listSecrets)\s*\(/i.exec(text)?.[1];
        if (called === undefined || !/^\[.*\]$/s.test(text)) return;
        report({
          in: 'templateOutputs',
          pointer: toPointer(path),
          message: `the output "${name}" is made with ${called}(), and everyone who may read deployments sees it`,
          help: 'read it where it is needed, after the deployment, or give the output the type securestring',
        });
      });
    }
  },
};
