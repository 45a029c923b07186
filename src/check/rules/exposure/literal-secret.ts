import { type OperationEntry, walkStrings } from '../../../definition/walk.ts';
import { secretFormIn } from '../../../diagnostics/secret-forms.ts';
import { isObject } from '../../../json/json.ts';
import { fromPointer, toPointer } from '../../../json/pointer.ts';
import type { Rule } from '../../rule.ts';
import { isSecretPlace } from '../../secrecy.ts';
import { type Given, Members } from '../../sign-ins/members.ts';
import { requestsOf } from '../../sign-ins/requests.ts';
import type { Subject } from '../../subject.ts';

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
  summary: 'No token, key, private key or signed address is in the definition itself',
  check: (subject, report) => {
    const help = 'read it from Key Vault with Get secret, or take it from a parameter of type SecureString';
    const look = (form: string, pointer: string) => {
      // Members of authentication are another rule's.
      if (isSecretPlace(pointer)) return;
      report({
        pointer,
        isSecret: true,
        message: `${form} is in the definition, where everyone who may read it sees it`,
        help,
      });
    };
    for (const { form, pointer } of subject.literalSecrets) look(form, pointer);
    // What is answered in place of a service is often a real answer, kept.
    for (const part of ['parameters', 'staticResults'])
      walkStrings(subject.definition[part], [part], (text, path) => {
        const form = secretFormIn(text);
        if (form !== undefined) look(form, toPointer(path));
      });
    for (const { pointer, literal, header, operation } of headersOf(subject)) {
      if (literal === undefined || !isKey(header, literal) || secretFormIn(literal)) continue;
      report({
        pointer,
        isSecret: true,
        message: `the key in a header of "${operation.name}" is in the definition, where everyone who may read it sees it`,
        help,
      });
    }
  },
};

interface Header extends Given {
  /** In lower case. */
  readonly header: string;
  readonly operation: OperationEntry;
}

/** Headers that operations send, in requests of their own and through connectors. */
function headersOf(subject: Subject): Header[] {
  const requests = requestsOf(subject);
  const asking = new Set(requests.map(({ operation }) => operation));
  const others = subject.operations.flatMap((operation) => {
    const { inputs } = operation.node;
    if (asking.has(operation) || !isObject(inputs) || inputs.headers === undefined) return [];
    return [{ operation, members: new Members(subject, inputs, `${operation.pointer}/inputs`) }];
  });
  return [...requests, ...others].flatMap(({ operation, members }) =>
    (members.group('headers')?.all ?? []).map((given) => ({
      ...given,
      header: (fromPointer(given.pointer).at(-1) ?? '').toLowerCase(),
      operation,
    })),
  );
}

/** Whether a header holds a key or a sign-in. Masks, and notes to whoever fills it in, are none. */
function isKey(header: string, text: string): boolean {
  if (header === 'authorization') return /^(?:Basic|Bearer|SharedKey|ApiKey|Token)\s+[\w.+/=:~-]{8,}$/i.test(text);
  return keyHeaders.has(header) && /^[\w+/=-]{16,}$/.test(text) && /\d/.test(text);
}
