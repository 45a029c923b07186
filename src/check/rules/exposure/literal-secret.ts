import { isGroup, member, walkStrings } from '../../../definition/walk.ts';
import { toPointer } from '../../../diagnostics/pointer.ts';
import { secretFormIn } from '../../../diagnostics/secret-forms.ts';
import type { Rule } from '../../rule.ts';

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
    const visit = (text: string, path: readonly (string | number)[]) => {
      const form = secretFormIn(text);
      // Members of authentication are another rule's.
      if (form === undefined || path.includes('authentication')) return;
      report({
        pointer: toPointer(path),
        isSecret: true,
        message: `${form} stands in the definition, where everyone who may read it sees it`,
        help,
      });
    };
    for (const part of ['parameters', 'triggers', 'actions', 'outputs'])
      walkStrings(member(subject.definition, part), [part], visit);
    for (const { name, node, pointer } of subject.actions) {
      const headers = member(node, 'inputs', 'headers');
      for (const [header, value] of Object.entries(isGroup(headers) ? headers : {})) {
        const text = keyHeaders.has(header.toLowerCase()) ? subject.literal(value) : undefined;
        // Masks and notes to whoever fills it in are no keys.
        if (text === undefined || !/^[\w+/=-]{16,}$/.test(text) || !/\d/.test(text) || secretFormIn(text)) continue;
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
