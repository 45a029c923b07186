import type { WriteInput } from '../format.ts';
import { connectorsOf } from '../power-automate/connectors.ts';
import { flowDefinition } from '../power-automate/flow-definition.ts';
import { packageIds } from '../power-automate/ids.ts';
import type { FlowPackage } from './model.ts';

/** Microsoft's page of the connector shows it: docs/facts/flow-package.md#the-definition. */
const keyVaultIcon = 'https://connectoricons-prod.azureedge.net/releases/v1.0.1680/1.0.1680.3652/keyvault/icon.png';

/** The package that a workflow becomes. */
export function packageOf({ spec, environment, workflow, definition }: WriteInput): FlowPackage {
  const newId = packageIds(spec, environment);
  const connectors = connectorsOf(definition).map(({ key, id, name, displayName }) => ({
    key,
    // Exports have the account of whoever exported it as the name of a connection.
    shown: { displayName, iconUri: name === 'shared_keyvault' ? keyVaultIcon : '' },
    api: { resource: newId(`api ${name}`), id, name },
    connection: newId(`connection ${key}`),
  }));
  return {
    displayName: workflow.name,
    description: workflow.description ?? '',
    flows: [
      {
        resource: newId('package resource'),
        name: newId('flow'),
        displayName: workflow.name,
        definition: { metadata: { provisioningMethod: 'FromDefinition' }, ...flowDefinition(definition) },
        connectionReferences: connectionReferencesOf({ spec, environment, definition }),
        apisMap: Object.fromEntries(connectors.map(({ key, api }) => [key, api.resource])),
        connectionsMap: Object.fromEntries(connectors.map(({ key, connection }) => [key, connection])),
      },
    ],
    // Two connections of one connector share its resource.
    apis: [...new Map(connectors.map(({ api, shown }) => [api.resource, { ...api, ...shown }])).values()],
    connections: connectors.map(({ connection, shown, api }) => ({ resource: connection, ...shown, api: api.resource })),
  };
}

/** A flow without a solution names connections; the import puts in those that the person picks. */
export function connectionReferencesOf({
  spec,
  environment,
  definition,
}: Pick<WriteInput, 'spec' | 'environment' | 'definition'>) {
  const newId = packageIds(spec, environment);
  const references = connectorsOf(definition).map(({ key, name, id }) => [
    key,
    {
      connectionName: `${name.replaceAll('_', '-').slice(0, 20)}-${newId(`connection ${key}`)}`,
      source: 'Embedded',
      id,
      tier: 'NotSpecified',
      apiName: name.replace(/^shared_/, ''),
      isProcessSimpleApiReferenceConversionAlreadyDone: false,
    },
  ]);
  return Object.fromEntries(references);
}
