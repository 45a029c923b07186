import { clouds } from '../../cloud/clouds.ts';
import inTheAppTemplate from '../../generated/templates/app-service/in-the-app.md.js';
import localReadme from '../../generated/templates/app-service/README.local.md.js';
import readmeTemplate from '../../generated/templates/app-service/README.md.js';
import { pastedCertificate } from '../../infrastructure/app-service/settings.ts';
import {
  type AppServiceInfrastructure,
  appServiceInfrastructure,
  nobodySignsIn,
  signsInToEntra,
} from '../../infrastructure/app-service/web-app.ts';
import { knownSettings } from '../../infrastructure/app-settings.ts';
import { armParameters } from '../../infrastructure/arm/parameters.ts';
import { armTemplate } from '../../infrastructure/arm/print.ts';
import { bicepFiles, bicepParameterFile } from '../../infrastructure/bicep/print.ts';
import { knownOf } from '../../infrastructure/resolve.ts';
import { developerMachineOf, setupLocally } from '../../spec/developer-machine.ts';
import { needsOf } from '../../spec/needs.ts';
import { render } from '../../text/render.ts';
import { consumption } from '../../workflow/dialects/consumption.ts';
import type { GeneratedFile, WriteInput } from '../format.ts';
import { deployWords } from '../readme/deploy.ts';
import { identityWords } from '../readme/identity.ts';
import { azPlace, parameterTable, vaultAccessWords } from '../readme/parts.ts';
import { toJson } from '../writing/json.ts';
import { csharpFiles, libraryName } from './csharp.ts';

export { notes } from './notes.ts';

export const dialect = () => consumption;

/** Settings, identity and vault access of a web app, in Bicep, as an ARM template and for az; and the code that signs in with them. */
export function write(input: WriteInput): GeneratedFile[] {
  const { spec } = input;
  const parts = appServiceInfrastructure(input);
  const { parameters } = parts;
  return [
    ...bicepFiles(parts, spec.source.fileName),
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
  if (!signsInToEntra(needsOf(spec))) throw nobodySignsIn(input);
  const values = {
    name: spec.name,
    file: spec.source.fileName,
    library: libraryName(spec),
    setup: setupLocally(spec.source.fileName),
    inTheApp: inTheApp(input),
    byCertificate: needsOf(spec).registration,
  };
  return [...csharpFiles(spec), { path: 'README.md', contents: render(localReadme, values) }];
}

/** What `az webapp config appsettings set --settings @app-settings.json` takes: it adds, and leaves the other settings alone. */
function azSettings(parts: AppServiceInfrastructure) {
  return Object.entries(knownSettings(parts.deployedSettings, knownOf(parts))).map(([name, value]) => ({
    name,
    value,
    slotSetting: false,
  }));
}

function readme(input: WriteInput, parts: AppServiceInfrastructure): string {
  const { spec, environment } = input;
  const { target, vaultAccess, parameters } = parts;
  const needs = needsOf(spec);
  const group = azPlace(target);
  const site = `${group} --name ${target.site}`;
  const { userAssignedIdentity: identity } = target;
  return render(readmeTemplate, {
    name: spec.name,
    environment: environment.name,
    file: spec.source.fileName,
    azureCliCloud: environment.cloud === 'public' ? '' : clouds[environment.cloud].azureCliName,
    target,
    deployWords: deployWords(input, 'app-service'),
    isNew: target.newSite !== undefined,
    isUserAssigned: identity !== undefined,
    identityCommands: [
      `az webapp identity assign ${site}${identity === undefined ? '' : ` --identities ${identity}`}`,
      ...(identity === undefined || !needs.registration
        ? []
        : [`az webapp update ${site} --set keyVaultReferenceIdentity=${identity}`]),
    ],
    deployBicep: `az deployment group create ${group} --parameters main.bicepparam`,
    deployArm: `az deployment group create ${group} --template-file azuredeploy.json --parameters azuredeploy.parameters.json`,
    setSettings: `az webapp config appsettings set ${site} --settings "@app-settings.json"`,
    settings: Object.entries(knownSettings(parts.deployedSettings, knownOf(parts))).map(([name, value]) => ({ name, value })),
    hasVaultModule: vaultAccess !== undefined,
    vaultAccessWords: needs.registration ? vaultAccessWords(environment, vaultAccess?.how) : '',
    identityWords: identityWords(input, target, 'web app'),
    hasReference: needs.registration,
    parameterTable: parameterTable(parameters),
    certificate: { version: environment.certificate?.version ?? '' },
    pastedCertificate: pastedCertificate(environment) ?? '',
    inTheApp: inTheApp(input),
  });
}

/** How an app uses the library, and how it gets its settings while it is debugged. */
function inTheApp({ spec, environment }: WriteInput): string {
  const needs = needsOf(spec);
  const audiencesOf = (way: 'entra' | 'managedIdentity') => {
    const own = environment.addresses.filter((_, index) => spec.requests[index]?.signIn === way);
    return [...new Set(own.flatMap(({ audience }) => (audience === undefined ? [] : [audience])))];
  };
  const text = render(inTheAppTemplate, {
    file: spec.source.fileName,
    library: libraryName(spec),
    setup: setupLocally(spec.source.fileName),
    hasLocal: developerMachineOf(spec) !== undefined,
    byCertificate: needs.registration,
    byIdentity: needs.identity,
    both: needs.registration && needs.identity,
    audiences: audiencesOf('entra'),
    identityAudiences: audiencesOf('managedIdentity'),
  });
  return text.trimEnd();
}
