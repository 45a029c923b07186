import { UsageError } from '../diagnostics/errors.ts';
import { quote } from '../diagnostics/words.ts';
import type { SnippetValues } from './sign-in.ts';

/**
 * A collection (format 2.1) with the token request, and the script that signs its assertion before it is sent. Throws a UsageError for a
 * value that Postman would take for one of its variables: in a request it has no way to write `{{` as it is.
 */
export function postmanCollection(
  { name, endpoint, clientId, scope, audience, assertionType }: SnippetValues,
  script: string,
): string {
  const variable = [endpoint, clientId, scope].find((value) => value.includes('{{'));
  if (variable !== undefined)
    throw new UsageError(
      `${quote(variable)} cannot stand in a Postman collection: Postman would take {{ for the beginning of a variable. Choose another language, such as http.`,
    );
  const form = {
    client_id: clientId,
    scope,
    grant_type: 'client_credentials',
    client_assertion_type: assertionType,
    client_assertion: '{{clientAssertion}}',
  };
  const collection = {
    info: {
      name: `${name}: sign-in with a certificate`,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    variable: [
      { key: 'certificate', value: '', description: 'PEM of the certificate' },
      {
        key: 'privateKey',
        value: '',
        description: 'PEM of its private key (PKCS#8, without password): set its current value only',
      },
    ],
    item: [
      {
        name: `Token for ${audience}`,
        event: [{ listen: 'prerequest', script: { type: 'text/javascript', exec: script.trimEnd().split('\n') } }],
        request: {
          method: 'POST',
          url: endpoint,
          header: [{ key: 'Accept', value: 'application/json' }],
          body: { mode: 'urlencoded', urlencoded: Object.entries(form).map(([key, value]) => ({ key, value })) },
        },
      },
    ],
  };
  return `${JSON.stringify(collection, null, 2)}\n`;
}
