import { clouds } from '../../cloud/clouds.ts';
import inTheAppTemplate from '../../generated/templates/app-service/in-the-app.md.js';
import main from '../../generated/templates/app-service/main.bicep.js';
import localReadme from '../../generated/templates/app-service/README.local.md.js';
import readmeTemplate from '../../generated/templates/app-service/README.md.js';
import settingsModule from '../../generated/templates/site/app-settings.bicep.js';
import { developerMachineOf, setupLocally } from '../../spec/developer-machine.ts';
import { render } from '../../text/render.ts';
import { consumption } from '../../workflow/dialects/consumption.ts';
import { armParameters } from '../arm/parameters.ts';
import { bicepHead, bicepParameterFile, vaultAccessModule } from '../bicep/parts.ts';
import type { GeneratedFile, WriteInput } from '../format.ts';
import { toJson } from '../json.ts';
import { parameterTable, vaultAccessWords } from '../readme-parts.ts';
import { bicepSettings, settingValues } from '../site/app-setting.ts';
import { type App, app, nobodySignsIn } from './app.ts';
import { armTemplate } from './arm.ts';
import { csharpFiles, libraryName } from './csharp.ts';
import { pastedCertificate } from './settings.ts';

export { notes } from './notes.ts';

export const dialect = () => consumption;

/** Settings, identity and vault access of a web app, in Bicep, as an ARM template and for az; and the code that signs in with them. */
export function write(input: WriteInput): GeneratedFile[] {
  const { spec } = input;
  const parts = app(input);
  const { vaultAccess, parameters } = parts;
  return [
    { path: 'main.bicep', contents: mainFile(input, parts) },
    { path: 'modules/app-settings.bicep', contents: render(settingsModule, {}) },
    ...vaultAccessModule(vaultAccess),
    bicepParameterFile(parameters),
    { path: 'azuredeploy.json', contents: toJson(armTemplate(parts)) },
    { path: 'azuredeploy.parameters.json', contents: toJson(armParameters(parameters)) },
    { path: 'app-settings.json', contents: toJson(azSettings(parts)) },
    ...csharpFiles(spec),
    { path: 'README.md', contents: readme(input, parts) },
  ];
}

/** The library with the settings of a developer's machine, and nothing for Azure. */
export function writeLocally(input: WriteInput): GeneratedFile[] {
  const { spec } = input;
  if (!spec.requests.some(({ signIn }) => signIn === 'entra')) throw nobodySignsIn(input);
  const values = {
    name: spec.name,
    file: spec.source.fileName,
    library: libraryName(spec),
    setup: setupLocally(spec.source.fileName),
    inTheApp: inTheApp(input),
  };
  return [...csharpFiles(spec), { path: 'README.md', contents: render(localReadme, values) }];
}

function mainFile({ spec }: WriteInput, { target, parameters, settings, vaultAccess }: App): string {
  const isUserAssigned = target.userAssignedIdentity !== undefined;
  return render(main, {
    head: bicepHead(spec.source.fileName, parameters, isUserAssigned),
    isUserAssigned,
    isNew: target.newSite !== undefined,
    settings: bicepSettings(settings),
    grantsAccess: vaultAccess !== undefined,
  });
}

/** What `az webapp config appsettings set --settings @app-settings.json` takes: it adds, and leaves the other settings alone. */
function azSettings(parts: App) {
  return Object.entries(settingValues(parts.settings, parts.parameters)).map(([name, value]) => ({
    name,
    value,
    slotSetting: false,
  }));
}

function readme(input: WriteInput, parts: App): string {
  const { spec, environment } = input;
  const { target, vaultAccess, parameters } = parts;
  const group = `--subscription ${target.subscription} --resource-group "${target.resourceGroup}"`;
  const site = `${group} --name ${target.site}`;
  const { userAssignedIdentity: identity } = target;
  return render(readmeTemplate, {
    name: spec.name,
    environment: environment.name,
    file: spec.source.fileName,
    azureCliCloud: environment.cloud === 'public' ? '' : clouds[environment.cloud].azureCliName,
    target,
    isNew: target.newSite !== undefined,
    isUserAssigned: identity !== undefined,
    identityCommands: [
      `az webapp identity assign ${site}${identity === undefined ? '' : ` --identities ${identity}`}`,
      ...(identity === undefined ? [] : [`az webapp update ${site} --set keyVaultReferenceIdentity=${identity}`]),
    ],
    deployBicep: `az deployment group create ${group} --parameters main.bicepparam`,
    deployArm: `az deployment group create ${group} --template-file azuredeploy.json --parameters azuredeploy.parameters.json`,
    setSettings: `az webapp config appsettings set ${site} --settings "@app-settings.json"`,
    settings: Object.entries(settingValues(parts.settings, parts.parameters)).map(([name, value]) => ({ name, value })),
    hasVaultModule: vaultAccess !== undefined,
    vaultAccessWords: vaultAccessWords(environment, vaultAccess),
    parameterTable: parameterTable(parameters),
    certificate: environment.certificate,
    pastedCertificate: pastedCertificate(environment) ?? '',
    inTheApp: inTheApp(input),
  });
}

/** How an app uses the library, and how it gets its settings while it is debugged. */
function inTheApp({ spec, environment }: WriteInput): string {
  const text = render(inTheAppTemplate, {
    file: spec.source.fileName,
    library: libraryName(spec),
    setup: setupLocally(spec.source.fileName),
    hasLocal: developerMachineOf(spec) !== undefined,
    audiences: [...new Set(environment.addresses.flatMap(({ audience }) => (audience === undefined ? [] : [audience])))],
  });
  return text.trimEnd();
}
