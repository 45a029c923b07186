import type { GeneratedFile, WriteInput } from '../format.ts';
import { connectorsOf } from '../power-automate/connectors.ts';
import { flowDefinition } from '../power-automate/flow-definition.ts';
import { packageIds } from '../power-automate/ids.ts';
import { connectionReferencesOf } from './surroundings.ts';

/** The files of a legacy package, whose parts name each other by ids: seven invariants in facts/power-automate.md 1.2. */
export function packageFiles(input: WriteInput): GeneratedFile[] {
  const { spec, environment, workflow } = input;
  const id = packageIds(spec, environment);
  const connectors = connectorsOf(input.definition).map((connector) => ({
    ...connector,
    api: id(`api ${connector.name}`),
    connection: id(`connection ${connector.key}`),
  }));
  const flow = id('package resource');
  const folder = `Microsoft.Flow/flows/${flow}`;
  const details = { displayName: workflow.name };
  const file = (path: string, value: unknown): GeneratedFile => ({ path, contents: JSON.stringify(value) });
  const map = (of: 'api' | 'connection') => Object.fromEntries(connectors.map((connector) => [connector.key, connector[of]]));
  const resources = connectors.flatMap(({ id, name, displayName, api, connection }) => {
    const iconUri = name === 'shared_keyvault' ? keyVaultIcon : '';
    const apiResource = {
      id,
      name,
      type: 'Microsoft.PowerApps/apis',
      suggestedCreationType: 'Existing',
      details: { displayName, iconUri },
      configurableBy: 'System',
      hierarchy: 'Child',
      dependsOn: [],
    };
    const connectionResource = {
      type: 'Microsoft.PowerApps/apis/connections',
      suggestedCreationType: 'Existing',
      creationType: 'Existing',
      // Exports have the account of whoever exported it.
      details: { displayName, iconUri },
      configurableBy: 'User',
      hierarchy: 'Child',
      dependsOn: [api],
    };
    return [
      [api, apiResource],
      [connection, connectionResource],
    ] as const;
  });
  return [
    file('manifest.json', {
      schema: '1.0',
      details: {
        ...details,
        description: workflow.description ?? '',
        createdTime: '2020-01-01T00:00:00.0000000Z',
        packageTelemetryId: id('package'),
        creator: 'N/A',
        sourceEnvironment: '',
      },
      resources: {
        [flow]: {
          type: 'Microsoft.Flow/flows',
          suggestedCreationType: 'New',
          creationType: 'Existing, New, Update',
          details,
          configurableBy: 'User',
          hierarchy: 'Root',
          dependsOn: [...new Set(connectors.flatMap(({ api, connection }) => [api, connection]))],
        },
        ...Object.fromEntries(resources),
      },
    }),
    file('Microsoft.Flow/flows/manifest.json', { packageSchemaVersion: '1.0', flowAssets: { assetPaths: [flow] } }),
    file(`${folder}/definition.json`, flowFile(input)),
    file(`${folder}/apisMap.json`, map('api')),
    file(`${folder}/connectionsMap.json`, map('connection')),
  ];
}

/** Microsoft's page of the connector shows it: facts/power-automate.md 1.6. */
const keyVaultIcon = 'https://connectoricons-prod.azureedge.net/releases/v1.0.1680/1.0.1680.3652/keyvault/icon.png';

function flowFile(input: WriteInput) {
  const { spec, environment, workflow, definition } = input;
  const name = packageIds(spec, environment)('flow');
  return {
    name,
    id: `/providers/Microsoft.Flow/flows/${name}`,
    type: 'Microsoft.Flow/flows',
    properties: {
      apiId: '/providers/Microsoft.PowerApps/apis/shared_logicflows',
      displayName: workflow.name,
      definition: { metadata: { provisioningMethod: 'FromDefinition' }, ...flowDefinition(definition) },
      connectionReferences: connectionReferencesOf(input),
      flowFailureAlertSubscribed: false,
      isManaged: false,
    },
  };
}
