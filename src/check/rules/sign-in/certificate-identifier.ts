import { isGetSecret } from '../../../definition/get-secret.ts';
import { asText } from '../../../diagnostics/words.ts';
import { expressionsOf } from '../../../expression/references.ts';
import { member } from '../../../json/member.ts';
import type { Rule } from '../../rule.ts';
import type { Subject, TemplateEntry } from '../../subject.ts';

export const certificateIdentifier: Rule = {
  name: 'certificate-identifier',
  severity: 'warning',
  category: 'correctness',
  summary: 'Get secret is given the name of a secret, not the identifier of a certificate',
  check: (subject, report) => {
    for (const { node: action, name, pointer } of subject.actions) {
      const isPath = /^\/(certificates|keys)\/.+\/value$/i.test(asText(member(action, 'inputs', 'path')));
      if (!isPath && !isGetSecret(action)) continue;
      for (const [at, text] of [
        [
          `${pointer}/inputs/path`,
          isPath ? asText(member(action, 'inputs', 'path')) : encodedName(subject.templateAt(`${pointer}/inputs/path`)),
        ],
        [`${pointer}/inputs/parameters/secretName`, nameGiven(subject, action, `${pointer}/inputs/parameters/secretName`)],
      ] as const) {
        const collection = /(?:^|\/)(certificates|keys|secrets)\/[^/]/i.exec(text ?? '')?.[1];
        if (collection === undefined) continue;
        report({
          pointer: at,
          message: `"${name}" asks for an identifier, and Get secret takes a name: the vault answers 404`,
          help: `write only the name, what follows /${collection}/; a certificate is read as the secret of the same name`,
        });
      }
    }
  },
};

/** The name in `/secrets/@{encodeURIComponent('name')}/value`. */
function encodedName(entry: TemplateEntry | undefined): string | undefined {
  const [expression] = entry?.template ? expressionsOf(entry.template) : [];
  const given = expression?.kind === 'call' ? expression.arguments[0] : undefined;
  return given?.kind === 'string' ? given.value : undefined;
}

function nameGiven(subject: Subject, action: unknown, pointer: string): string | undefined {
  return subject.knownText(member(action, 'inputs', 'parameters', 'secretName'), pointer);
}
