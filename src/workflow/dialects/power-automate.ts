import type { JsonObject } from '../../json/json.ts';
import type { Dialect } from '../dialect.ts';

/** The key of the Key Vault connection among a flow's connection references: the name of its connector. */
export const keyVaultConnector = 'shared_keyvault';

/** How the packages of a flow differ: where the values of its parameters come from. */
type Declarations = Pick<Dialect, 'parameterName' | 'declaration'>;

/**
 * A cloud flow: the connector's operations by name, through a connection reference. `callers` is who may call an HTTP trigger, where
 * that is said. Shapes: docs/facts/key-vault.md#power-automate and docs/facts/flow-package.md#the-definition.
 */
export function powerAutomate(declarations: Declarations, callers: 'tenant' | 'anyone' | undefined): Dialect {
  return {
    ...declarations,
    standingParameters: {
      $connections: { defaultValue: {}, type: 'Object' },
      $authentication: { defaultValue: {}, type: 'SecureObject' },
    },
    /** The connector has no certificate operations: the certificate is read as the secret of the same name, its PFX in base64. */
    getSecret: ({ name, version }) => ({
      type: 'OpenApiConnection',
      inputs: {
        host: {
          connectionName: keyVaultConnector,
          operationId: version === undefined ? 'GetSecret' : 'GetSecretVersion',
          apiId: `/providers/Microsoft.PowerApps/apis/${keyVaultConnector}`,
        },
        parameters: { secretName: `@${name}`, ...(version === undefined ? {} : { secretVersion: `@${version}` }) },
        // The new designer leaves it out and takes both; legacy packages have it: docs/facts/key-vault.md#power-automate.
        authentication: "@parameters('$authentication')",
      },
    }),
    buttonInputs: { schema: { type: 'object', properties: {}, required: [] } },
    ...(callers && {
      requestInputs: { triggerAuthenticationType: callers === 'tenant' ? 'Tenant' : 'All' } satisfies JsonObject,
    }),
  };
}
