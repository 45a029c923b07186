import main from '../../generated/templates/bicep/main.bicep.js';
import { render } from '../../text/render.ts';
import { consumption } from '../../workflow/dialects/consumption.ts';
import type { GeneratedFile, WriteInput } from '../format.ts';
import { type Infrastructure, infrastructure } from '../infrastructure.ts';
import { infrastructureReadme } from '../infrastructure-readme.ts';
import { toJson } from '../json.ts';
import { bicepHead, bicepParameterFile, vaultAccessModule } from './parts.ts';

export const dialect = () => consumption;

/** The same as the ARM template, in Bicep. The definition is loaded from its own file, so that it can be read and compared. */
export function write(input: WriteInput): GeneratedFile[] {
  const parts = infrastructure(input);
  return [
    { path: 'main.bicep', contents: mainFile(input, parts) },
    ...vaultAccessModule(parts.vaultAccess),
    bicepParameterFile(parts.parameters),
    { path: 'definition.json', contents: toJson(input.definition) },
    { path: 'README.md', contents: readme(input, parts) },
  ];
}

function mainFile(
  { spec }: WriteInput,
  { parameters, identity, workflowParameters, callerRanges, vaultAccess: access }: Infrastructure,
): string {
  return render(main, {
    head: bicepHead(spec.source.fileName, parameters, identity === 'userAssigned'),
    isUserAssigned: identity === 'userAssigned',
    workflowParameters,
    // An empty list says something too: other Logic Apps only.
    saysWhoCalls: callerRanges !== undefined,
    callers: (callerRanges ?? []).map((addressRange) => ({ addressRange })),
    grantsAccess: access !== undefined,
  });
}

function readme(input: WriteInput, parts: Infrastructure): string {
  const { subscription, resourceGroup } = parts.target;
  return infrastructureReadme(input, parts, {
    files: [
      ['main.bicep', 'the Bicep file to deploy'],
      ...(parts.vaultAccess
        ? ([
            ['modules/vault-access.bicep', "the identity's access to the vault, a deployment in the vault's own resource group"],
          ] satisfies [string, string][])
        : []),
      ['main.bicepparam', 'the values of this environment'],
      ['definition.json', 'the workflow definition, which main.bicep loads; the same in every environment'],
    ],
    deploy: `az deployment group create --subscription ${subscription} --resource-group "${resourceGroup}" --parameters main.bicepparam`,
  });
}
