import { clouds } from '../../cloud/clouds.ts';
import type { Surroundings } from '../../definition/surroundings.ts';
import { zip } from '../../document/zip.ts';
import readmeTemplate from '../../generated/templates/standard-project/README.md.js';
import { knownSettings } from '../../infrastructure/app-settings.ts';
import { armParameters } from '../../infrastructure/arm/parameters.ts';
import { armTemplate } from '../../infrastructure/arm/print.ts';
import { bicepFiles, bicepParameterFile } from '../../infrastructure/bicep/print.ts';
import { callerRanges } from '../../infrastructure/callers.ts';
import { knownOf } from '../../infrastructure/resolve.ts';
import { type StandardInfrastructure, standardInfrastructure } from '../../infrastructure/standard/logic-app.ts';
import { standardNames } from '../../infrastructure/standard/names.ts';
import type { Environment, Spec } from '../../spec/spec.ts';
import { render } from '../../text/render.ts';
import type { Dialect } from '../../workflow/dialect.ts';
import { standard } from '../../workflow/dialects/standard.ts';
import type { GeneratedFile, Package, WriteInput } from '../format.ts';
import { deployWords } from '../readme/deploy.ts';
import { identityWords } from '../readme/identity.ts';
import { azPlace, parameterTable, vaultAccessWords } from '../readme/parts.ts';
import { toJson } from '../writing/json.ts';
import { connections, localSettings, parameters, projectFiles } from './project.ts';

export function dialect(spec: Spec, environment: Environment): Dialect {
  return standard(standardNames(spec, environment));
}

/**
 * The project in `project/`, which all specs of the Logic App share, and in `infrastructure/<workflow>/` what makes or completes the
 * Logic App for this workflow.
 */
export function write(input: WriteInput): GeneratedFile[] {
  const parts = standardInfrastructure(input);
  const inFolder = (folder: string, files: readonly GeneratedFile[]) =>
    files.map((file) => ({ ...file, path: `${folder}/${file.path}` }));
  return [
    ...inFolder('project', projectFiles(input, parts)),
    ...inFolder(`infrastructure/${parts.workflowName}`, [
      ...bicepFiles(parts, input.spec.source.fileName),
      bicepParameterFile(parts.parameters),
      { path: 'azuredeploy.json', contents: toJson(armTemplate(parts)) },
      { path: 'azuredeploy.parameters.json', contents: toJson(armParameters(parts.parameters)) },
      { path: 'README.md', contents: readme(input, parts) },
    ]),
  ];
}

/** The project with this workflow alone, as zip deployment takes it. */
export function pack(input: WriteInput): Package {
  const parts = standardInfrastructure(input);
  return { path: `${parts.target.site}.zip`, contents: projectZip(projectFiles(input, parts)) };
}

/** The files of a project that run in Azure, in a zip: without what belongs to a developer's machine. The same files give the same bytes. */
export function projectZip(files: readonly GeneratedFile[]): Uint8Array {
  const isLocal = /^(?:\.|local\.settings\.json$)/;
  const deployed = files.filter(({ path }) => !isLocal.test(path));
  return zip(deployed.toSorted((a, b) => (a.path < b.path ? -1 : 1)));
}

/** What the project says around the definition. */
export function surroundings(input: WriteInput): Surroundings {
  const parts = standardInfrastructure(input);
  return {
    name: parts.workflowName,
    kind: 'Stateful',
    parameters: parameters(parts),
    connections: connections(parts),
    appSettings: Object.keys(localSettings(parts).Values),
  };
}

function readme(input: WriteInput, parts: StandardInfrastructure): string {
  const { spec, environment } = input;
  const { target, vaultAccess, parameters, settings, names } = parts;
  const group = azPlace(target);
  const { userAssignedIdentity: identity } = target;
  return render(readmeTemplate, {
    workflow: parts.workflowName,
    picture: input.picture(),
    environment: environment.name,
    file: spec.source.fileName,
    azureCliCloud: environment.cloud === 'public' ? '' : clouds[environment.cloud].azureCliName,
    target,
    deployWords: deployWords(input, 'standard'),
    isNew: target.newSite !== undefined,
    isManaged: parts.connectionSettings !== undefined && names.connector === 'managed',
    identityCommand: `az webapp identity assign ${group} --name ${target.site}${identity === undefined ? '' : ` --identities ${identity}`}`,
    deployBicep: `az deployment group create ${group} --parameters main.bicepparam`,
    deployArm: `az deployment group create ${group} --template-file azuredeploy.json --parameters azuredeploy.parameters.json`,
    deployProject: `func azure functionapp publish ${target.site}`,
    settings: Object.entries(knownSettings(settings, knownOf(parts))).map(([name, value]) => ({ name, value })),
    hasVaultModule: vaultAccess !== undefined,
    vaultAccessWords: vaultAccessWords(environment, vaultAccess?.how),
    identityWords: identityWords(input, target, 'Logic App'),
    parameterTable: parameterTable(parameters),
    runsBySchedule: spec.trigger.recurrence !== undefined,
    isCallable: spec.trigger.recurrence === undefined,
    asksForCallers: callerRanges(spec) !== undefined,
    callers: callerRanges(spec)?.join(', ') ?? '',
  });
}
