import type { Dialect } from '../dialect.ts';
import { secretPath } from './secret-path.ts';

/** Logic Apps (Consumption): the managed connector, reached through `$connections`. Shapes: docs/facts/key-vault.md#consumption. */
export const consumption: Dialect = {
  standingParameters: { $connections: { type: 'Object', defaultValue: {} } },
  parameterName: (name) => name,
  declaration: () => ({ type: 'String' }),
  getSecret: ({ name, version }) => ({
    type: 'ApiConnection',
    inputs: {
      host: { connection: { name: "@parameters('$connections')['keyvault']['connectionId']" } },
      method: 'get',
      path: secretPath(name, version),
    },
  }),
};
