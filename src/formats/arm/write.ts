import { armParameters } from '../../infrastructure/arm/parameters.ts';
import { armTemplate } from '../../infrastructure/arm/print.ts';
import { consumptionInfrastructure } from '../../infrastructure/consumption/logic-app.ts';
import { consumption } from '../../workflow/dialects/consumption.ts';
import type { GeneratedFile, WriteInput } from '../format.ts';
import { infrastructureReadme } from '../readme/infrastructure.ts';
import { azPlace } from '../readme/parts.ts';
import { toJson } from '../writing/json.ts';

export const dialect = () => consumption;

/** A template that makes all that the Logic App (Consumption) needs but the certificate itself, and the environment's values for it. */
export function write(input: WriteInput): GeneratedFile[] {
  const infrastructure = consumptionInfrastructure(input);
  const readme = infrastructureReadme(input, infrastructure, {
    files: [
      ['azuredeploy.json', 'the ARM template'],
      ['azuredeploy.parameters.json', 'the values of this environment'],
    ],
    deploy: `az deployment group create ${azPlace(infrastructure.target)} --template-file azuredeploy.json --parameters azuredeploy.parameters.json`,
  });
  return [
    { path: 'azuredeploy.json', contents: toJson(armTemplate(infrastructure)) },
    { path: 'azuredeploy.parameters.json', contents: toJson(armParameters(infrastructure.parameters)) },
    { path: 'README.md', contents: readme },
  ];
}
