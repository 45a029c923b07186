import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bicepProgram } from '../bicep.ts';
import { certflow } from '../cli/run.ts';
import { folderOf } from '../folder.ts';

const bicep = `param location string = resourceGroup().location
resource w 'Microsoft.Logic/workflows@2019-05-01' = {
  name: 'w'
  location: location
  properties: {
    definition: {
      '$schema': 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#'
      contentVersion: '1.0.0.0'
      triggers: { Each_day: { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } } }
      actions: {
        Call: {
          type: 'Http'
          inputs: {
            method: 'GET'
            uri: 'https://graph.microsoft.com/v1.0/sites'
            authentication: {
              type: 'ActiveDirectoryOAuth'
              tenant: 'common'
              audience: 'https://graph.microsoft.com'
              clientId: '22222222-2222-2222-2222-222222222222'
              secret: 'CANARY-7f3a'
            }
          }
          runAfter: { Gone: ['Succeeded'] }
        }
        Read: loadJsonContent('read.json')
      }
    }
  }
}
`;
const read = { type: 'Compose', inputs: "@body('Nothing')", runAfter: {} };

test('a Bicep file, named or in a folder, is checked as the template that it becomes, with places in it', async (context) => {
  const before = process.env.PATH;
  process.env.PATH = `${dirname(bicepProgram(context))}${process.platform === 'win32' ? ';' : ':'}${before}`;
  onTestFinished(() => {
    process.env.PATH = before;
  });
  const folder = folderOf({ 'infra/main.bicep': bicep, 'infra/read.json': read, 'infra/other.bicep': "param a string = 'x'\n" });
  for (const path of [join(folder, 'infra/main.bicep'), folder]) {
    const { code, stdout, stderr } = await certflow('check', path, '--bicep');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^1 file, 1 workflow: /m)]);
    const file = join(folder, 'infra/main.bicep');
    expect(stdout).toContain(`${file}:24:23: error: "Call" runs after "Gone"`);
    expect(stdout).toMatch(/main\.bicep:21:\d+: warning: secret of "Call" is in the definition/);
    expect(stdout).toContain(`${file}:26:9: error: body() refers to "Nothing"`);
    expect(`${stdout}${stderr}`).not.toContain('CANARY');
  }
});
