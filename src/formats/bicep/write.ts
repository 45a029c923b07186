import { bicepFiles, bicepParameterFile } from '../../infrastructure/bicep/print.ts';
import { type ConsumptionInfrastructure, consumptionInfrastructure } from '../../infrastructure/consumption/logic-app.ts';
import { consumption } from '../../workflow/dialects/consumption.ts';
import type { GeneratedFile, WriteInput } from '../format.ts';
import { infrastructureReadme } from '../readme/infrastructure.ts';
import { azPlace } from '../readme/parts.ts';
import { toJson } from '../writing/json.ts';

export const dialect = () => consumption;

/** The same as the ARM template, in Bicep. The definition is loaded from its own file, so that it can be read and compared. */
export function write(input: WriteInput): GeneratedFile[] {
  const infrastructure = consumptionInfrastructure(input);
  return [
    ...bicepFiles(infrastructure, input.spec.source.fileName),
    bicepParameterFile(infrastructure.parameters),
    { path: 'definition.json', contents: toJson(input.definition) },
    { path: 'README.md', contents: readme(input, infrastructure) },
  ];
}

function readme(input: WriteInput, infrastructure: ConsumptionInfrastructure): string {
  return infrastructureReadme(input, infrastructure, {
    files: [
      ['main.bicep', 'the Bicep file to deploy'],
      ...(infrastructure.vaultAccess
        ? ([
            ['modules/vault-access.bicep', "the identity's access to the vault, a deployment in the vault's own resource group"],
          ] satisfies [string, string][])
        : []),
      ['main.bicepparam', 'the values of this environment'],
      ['definition.json', 'the workflow definition, which main.bicep loads; the same in every environment'],
    ],
    deploy: `az deployment group create ${azPlace(infrastructure.target)} --parameters main.bicepparam`,
  });
}
