import { clouds } from '../../cloud/clouds.ts';
import type { Surroundings } from '../../definition/surroundings.ts';
import { zip } from '../../document/zip.ts';
import settingsModule from '../../generated/templates/site/app-settings.bicep.js';
import main from '../../generated/templates/standard-project/main.bicep.js';
import readmeTemplate from '../../generated/templates/standard-project/README.md.js';
import { render } from '../../text/render.ts';
import { armParameters } from '../arm/parameters.ts';
import { bicepHead, bicepParameterFile, vaultAccessModule } from '../bicep/parts.ts';
import { callerRanges } from '../callers.ts';
import type { GeneratedFile, Package, WriteInput } from '../format.ts';
import { toJson } from '../json.ts';
import { parameterTable, vaultAccessWords } from '../readme-parts.ts';
import { bicepSettings, settingValues } from '../site/app-setting.ts';
import { armTemplate } from './arm.ts';
import { type LogicApp, logicApp } from './logic-app.ts';
import { connections, localSettings, parameters, projectFiles } from './project.ts';
import { runtimeSettings } from './runtime.ts';

export { dialect } from './logic-app.ts';

/**
 * The project in `project/`, which all specs of the Logic App share, and in `infrastructure/<workflow>/` what makes or completes the
 * Logic App for this workflow.
 */
export function write(input: WriteInput): GeneratedFile[] {
  const parts = logicApp(input);
  const inFolder = (folder: string, files: readonly GeneratedFile[]) =>
    files.map((file) => ({ ...file, path: `${folder}/${file.path}` }));
  return [
    ...inFolder('project', projectFiles(input, parts)),
    ...inFolder(`infrastructure/${parts.workflowName}`, [
      { path: 'main.bicep', contents: mainFile(input, parts) },
      { path: 'modules/app-settings.bicep', contents: render(settingsModule, {}) },
      ...vaultAccessModule(parts.vaultAccess),
      bicepParameterFile(parts.parameters),
      { path: 'azuredeploy.json', contents: toJson(armTemplate(parts)) },
      { path: 'azuredeploy.parameters.json', contents: toJson(armParameters(parts.parameters)) },
      { path: 'README.md', contents: readme(input, parts) },
    ]),
  ];
}

/** The project with this workflow alone, as zip deployment takes it. */
export function pack(input: WriteInput): Package {
  const parts = logicApp(input);
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
  const parts = logicApp(input);
  return {
    name: parts.workflowName,
    kind: 'Stateful',
    parameters: parameters(parts),
    connections: connections(parts),
    appSettings: Object.keys(localSettings(parts).Values),
  };
}

/** Specs with the same Logic App write into one folder. */
export function folder(input: Pick<WriteInput, 'environment'>): string | undefined {
  return input.environment.targets.standard?.site;
}

function mainFile(
  { spec }: WriteInput,
  { target, names, parameters, settings, vaultAccess, connectionSettings, placeSettings }: LogicApp,
): string {
  const isUserAssigned = target.userAssignedIdentity !== undefined;
  const isNew = target.newSite !== undefined;
  const isManaged = names.connector === 'managed';
  return render(main, {
    head: bicepHead(spec.source.fileName, parameters, isUserAssigned),
    isUserAssigned,
    isNew,
    isManaged,
    placeSettings: isNew || isManaged ? placeSettings : [],
    runtimeSettings: Object.entries(runtimeSettings).map(([name, value]) => ({ name, value })),
    runtimeUrlSetting: connectionSettings.runtimeUrl,
    settings: bicepSettings(settings),
    grantsAccess: vaultAccess !== undefined,
  });
}

function readme(input: WriteInput, parts: LogicApp): string {
  const { spec, environment } = input;
  const { target, vaultAccess, parameters, settings, names } = parts;
  const group = `--subscription ${target.subscription} --resource-group "${target.resourceGroup}"`;
  const { userAssignedIdentity: identity } = target;
  return render(readmeTemplate, {
    workflow: parts.workflowName,
    environment: environment.name,
    file: spec.source.fileName,
    azureCliCloud: environment.cloud === 'public' ? '' : clouds[environment.cloud].azureCliName,
    target,
    isNew: target.newSite !== undefined,
    isManaged: names.connector === 'managed',
    identityCommand: `az webapp identity assign ${group} --name ${target.site}${identity === undefined ? '' : ` --identities ${identity}`}`,
    deployBicep: `az deployment group create ${group} --parameters main.bicepparam`,
    deployArm: `az deployment group create ${group} --template-file azuredeploy.json --parameters azuredeploy.parameters.json`,
    deployProject: `func azure functionapp publish ${target.site}`,
    settings: Object.entries(settingValues(settings, parameters)).map(([name, value]) => ({ name, value })),
    hasVaultModule: vaultAccess !== undefined,
    vaultAccessWords: vaultAccessWords(environment, vaultAccess),
    parameterTable: parameterTable(parameters),
    runsBySchedule: spec.trigger.recurrence !== undefined,
    isCallable: spec.trigger.recurrence === undefined,
    asksForCallers: callerRanges(spec) !== undefined,
    callers: callerRanges(spec)?.join(', ') ?? '',
  });
}
