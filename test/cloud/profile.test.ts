import { expect, test } from 'vitest';
import { cloudProfile } from '../../src/cloud/profile.ts';

/** Against the presets of Microsoft's own command line (`az cloud list`), not against our table. */
test('the clouds are where the Azure CLI finds them', () => {
  expect(cloudProfile('public')).toMatchObject({
    authority: 'https://login.microsoftonline.com',
    resourceManager: { endpoint: 'https://management.azure.com' },
    graph: { endpoint: 'https://graph.microsoft.com' },
    vault: { endpoint: 'https://{name}.vault.azure.net', audience: 'https://vault.azure.net' },
  });
  expect(cloudProfile('usGovernment')).toMatchObject({
    authority: 'https://login.microsoftonline.us',
    resourceManager: { endpoint: 'https://management.usgovcloudapi.net' },
    graph: { endpoint: 'https://graph.microsoft.us' },
    vault: { endpoint: 'https://{name}.vault.usgovcloudapi.net', audience: 'https://vault.usgovcloudapi.net' },
  });
  expect(cloudProfile('china')).toMatchObject({
    authority: 'https://login.partner.microsoftonline.cn',
    resourceManager: { endpoint: 'https://management.chinacloudapi.cn' },
    graph: { endpoint: 'https://microsoftgraph.chinacloudapi.cn' },
    vault: { endpoint: 'https://{name}.vault.azure.cn', audience: 'https://vault.azure.cn' },
  });
});
