import type { Dialect } from '../dialect.ts';
import { secretPath } from './secret-path.ts';

/** How a workflow of a Logic App (Standard) reads the vault, and how it is told apart from others in its project. */
export interface StandardNames {
  /** What the names of parameters and app settings begin with: those of all workflows of a project are in one list. */
  readonly prefix: string;
  readonly connector: 'builtIn' | 'managed';
  /** The key of the connection in connections.json. */
  readonly connection: string;
}

/**
 * Logic Apps (Standard): parameters are declared in parameters.json, for all workflows together; the vault is read by the built-in
 * connector or by the managed one. Shapes: docs/facts/key-vault.md#standard.
 */
export function standard({ prefix, connector, connection }: StandardNames): Dialect {
  return {
    standingParameters: {},
    parameterName: (name) => `${prefix}_${name}`,
    declaration: () => undefined,
    getSecret: (secret) => (connector === 'builtIn' ? builtIn(secret, connection) : managed(secret, connection)),
  };
}

type GetSecret = ReturnType<Dialect['getSecret']>;
type Secret = Parameters<Dialect['getSecret']>[0];

function builtIn({ name, version }: Secret, connectionName: string): GetSecret {
  const serviceProviderId = '/serviceProviders/keyVault';
  return {
    type: 'ServiceProvider',
    inputs: {
      parameters: { secretName: `@${name}`, ...(version === undefined ? {} : { version: `@${version}` }) },
      serviceProviderConfiguration: {
        connectionName,
        operationId: version === undefined ? 'getSecret' : 'getSecretVersion',
        serviceProviderId,
      },
    },
  };
}

function managed({ name, version }: Secret, referenceName: string): GetSecret {
  return {
    type: 'ApiConnection',
    inputs: { host: { connection: { referenceName } }, method: 'get', path: secretPath(name, version) },
  };
}
