import { expect, test } from 'vitest';
import { guid } from '../../src/template-language/guid.ts';
import { bicepCompiler, snapshot } from '../bicep.ts';

test('a name made here is the one that the Bicep compiler makes', async (context) => {
  const parts = ['/subscriptions/1/resourceGroups/rg', 'é"\\', '4633458b-17de-408a-b874-0445c86b69e6'];
  const literals = parts.map((part) => `'${part.replaceAll('\\', '\\\\')}'`).join(', ');
  const files = [
    {
      path: 'main.bicep',
      contents: `resource it 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = { name: guid(${literals}), location: 'westeurope' }`,
    },
    { path: 'main.bicepparam', contents: `using 'main.bicep'` },
  ];
  const { resources } = await snapshot(bicepCompiler(context), files, 'main.bicepparam');
  expect(resources.map(({ name }) => name)).toEqual([guid(parts)]);
});
