import { consumption } from '../../workflow/dialects/consumption.ts';
import type { GeneratedFile, WriteInput } from '../format.ts';
import { infrastructure } from '../infrastructure.ts';
import { infrastructureReadme } from '../infrastructure-readme.ts';
import { toJson } from '../json.ts';
import { armParameters } from './parameters.ts';
import { armTemplate } from './template.ts';

export const dialect = () => consumption;

/** A template that makes all that the Logic App (Consumption) needs but the certificate itself, and the environment's values for it. */
export function write(input: WriteInput): GeneratedFile[] {
  const parts = infrastructure(input);
  const { subscription, resourceGroup } = parts.target;
  const readme = infrastructureReadme(input, parts, {
    files: [
      ['azuredeploy.json', 'the ARM template'],
      ['azuredeploy.parameters.json', 'the values of this environment'],
    ],
    deploy: `az deployment group create --subscription ${subscription} --resource-group "${resourceGroup}" --template-file azuredeploy.json --parameters azuredeploy.parameters.json`,
  });
  return [
    { path: 'azuredeploy.json', contents: toJson(armTemplate(input, parts)) },
    { path: 'azuredeploy.parameters.json', contents: toJson(armParameters(parts.parameters)) },
    { path: 'README.md', contents: readme },
  ];
}
