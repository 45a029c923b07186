import { isGetSecret } from '../../../definition/get-secret.ts';
import type { ActionEntry } from '../../../definition/walk.ts';
import { asText } from '../../../diagnostics/words.ts';
import { expressionsOf } from '../../../expression/references.ts';
import { member } from '../../../json/member.ts';
import type { Rule } from '../../rule.ts';
import type { Subject, TemplateEntry } from '../../subject.ts';
import { vaultRead } from '../../vault-read.ts';

export const certificateIdentifier: Rule = {
  name: 'certificate-identifier',
  severity: 'warning',
  category: 'correctness',
  summary: 'Get secret is given the name of a secret, not the identifier of a certificate',
  check: (subject, report) => {
    for (const entry of subject.actions) {
      const { node: action, name, pointer } = entry;
      const path = `${pointer}/inputs/path`;
      const written = asText(member(action, 'inputs', 'path'));
      if (isCertificateOperation(subject, entry)) {
        report({
          pointer: path,
          message: `"${name}" calls an operation of certificates, and the Key Vault connector has none: the answer is 404`,
          help: 'read the secret of the same name: /secrets/…/value',
        });
        continue;
      }
      const isPath = /^\/(certificates|keys)\/.+\/value$/i.test(written);
      if (!isPath && !isGetSecret(action)) continue;
      for (const [at, text] of [
        [path, isPath ? written : encodedName(subject.templateAt(path))],
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

/** The connector has operations for secrets and keys, and none for certificates. */
function isCertificateOperation(subject: Subject, entry: ActionEntry): boolean {
  return entry.typeWord === 'apiconnection' && vaultRead(subject, entry)?.collection === 'certificates';
}
