import { walkStrings } from '../../../definition/walk.ts';
import { secretFormIn } from '../../../diagnostics/secret-forms.ts';
import { isObject } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { toPointer } from '../../../json/pointer.ts';
import type { Rule } from '../../rule.ts';
import { isSecretPlace } from '../../secrecy.ts';

/** Headers that hold a key and nothing else. */
const keyHeaders: ReadonlySet<string> = new Set([
  'ocp-apim-subscription-key',
  'x-functions-key',
  'x-api-key',
  'api-key',
  'apikey',
]);

export const literalSecret: Rule = {
  name: 'literal-secret',
  severity: 'warning',
  category: 'security',
  summary: 'No token, key, private key or signed address stands in the definition itself',
  check: (subject, report) => {
    const help = 'read it from Key Vault with Get secret, or take it from a parameter of type SecureString';
    const look = (form: string, pointer: string) => {
      // Members of authentication are another rule's.
      if (isSecretPlace(pointer)) return;
      report({
        pointer,
        isSecret: true,
        message: `${form} stands in the definition, where everyone who may read it sees it`,
        help,
      });
    };
    for (const { form, pointer } of subject.literalSecrets) look(form, pointer);
    walkStrings(subject.definition.parameters, ['parameters'], (text, path) => {
      const form = secretFormIn(text);
      if (form !== undefined) look(form, toPointer(path));
    });
    for (const { name, node, pointer } of subject.actions) {
      const headers = member(node, 'inputs', 'headers');
      for (const [header, value] of Object.entries(isObject(headers) ? headers : {})) {
        const text = subject.literal(value);
        if (text === undefined || !isKey(header.toLowerCase(), text) || secretFormIn(text)) continue;
        report({
          pointer: `${pointer}/inputs/headers${toPointer([header])}`,
          isSecret: true,
          message: `the key in a header of "${name}" stands in the definition, where everyone who may read it sees it`,
          help,
        });
      }
    }
  },
};

/** Whether a header holds a key or a sign-in. Masks, and notes to whoever fills it in, are none. */
function isKey(header: string, text: string): boolean {
  if (header === 'authorization') return /^(?:Basic|Bearer|SharedKey|ApiKey|Token)\s+[\w.+/=:~-]{8,}$/i.test(text);
  return keyHeaders.has(header) && /^[\w+/=-]{16,}$/.test(text) && /\d/.test(text);
}
