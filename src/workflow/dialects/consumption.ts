import type { Dialect } from '../dialect.ts';

/** Logic Apps (Consumption): the managed connector, reached through `$connections`. Shapes: facts/workflow-definitions.md 0 and 4. */
export const consumption: Dialect = {
  standingParameters: { $connections: { type: 'Object', defaultValue: {} } },
  parameterName: (name) => name,
  declaration: () => ({ type: 'String' }),
  /** The connector has no certificate operations: the certificate is read as the secret of the same name, its PFX in base64. */
  getSecret: ({ name, version }) => ({
    type: 'ApiConnection',
    inputs: {
      host: { connection: { name: "@parameters('$connections')['keyvault']['connectionId']" } },
      method: 'get',
      path: `/secrets/${segment(name)}${version === undefined ? '' : `/versions/${segment(version)}`}/value`,
    },
  }),
  buttonInputs: {},
};

function segment(expression: string): string {
  return `@{encodeURIComponent(${expression})}`;
}
