import { lacking } from '../../spec/required.ts';
import type { SpecError } from '../../spec/spec-error.ts';
import {
  identityParameters,
  tagsParameter,
  textParameter,
  type VaultAccess,
  vaultAccess,
  vaultParameters,
} from '../azure-target.ts';
import type { WriteInput } from '../format.ts';
import { parameterValues } from '../parameter-values.ts';
import type { AppSetting } from '../site/app-setting.ts';
import type { TemplateParameter } from '../template-parameter.ts';
import { appSettings, certificateReference } from './settings.ts';
import { type AppServiceTarget, appServiceTarget } from './target.ts';

/** What ARM and Bicep deploy for a web app, decided once for both. */
export interface App {
  readonly target: AppServiceTarget;
  readonly parameters: readonly TemplateParameter[];
  readonly settings: readonly AppSetting[];
  /** How the templates let the identity read the vault; absent where they leave it to others. */
  readonly vaultAccess?: VaultAccess;
}

/** Throws a SpecError where the spec lacks what a web app needs. */
export function app(input: WriteInput): App {
  const { spec, environment, workflow } = input;
  const target = appServiceTarget(input);
  const { tenantId, clientId } = parameterValues(spec, environment, workflow);
  if (tenantId === undefined || clientId === undefined) throw nobodySignsIn(input);
  const { newSite } = target;
  const written = environment.targets.appService ?? {};
  const access = vaultAccess(environment, written);
  return {
    target,
    settings: appSettings(environment),
    ...(access && { vaultAccess: access }),
    parameters: [
      textParameter('siteName', 'Name of the web app', target.site),
      ...(newSite
        ? [
            textParameter('location', 'Region of the web app and its plan', newSite.location),
            textParameter('planName', 'Name of the App Service plan', newSite.plan),
            textParameter('planSku', 'Size of the plan: Basic or higher', newSite.sku),
          ]
        : []),
      // The reference in certificateReference names the vault itself.
      ...(access ? vaultParameters(environment, target, access) : []),
      ...identityParameters(target.userAssignedIdentity),
      textParameter('tenantId', 'Tenant of the app registration', tenantId),
      textParameter('clientId', 'Application (client) id of the app registration', clientId),
      textParameter('certificateReference', 'What App Service replaces by the certificate', certificateReference(environment)),
      ...(newSite ? [tagsParameter('Tags of the web app and its plan', written.tags)] : []),
    ],
  };
}

/** The error about a spec in which nothing signs in to Entra ID. */
export function nobodySignsIn({ spec, environment }: WriteInput): SpecError {
  return lacking(spec, environment, [
    {
      path: ['requests'],
      message: 'no request signs in to Entra ID, so there is nothing for a web app to sign in with',
      help: 'app-service is for requests with signIn: entra',
    },
  ]);
}
