import { clouds } from '../../cloud/clouds.ts';
import template from '../../generated/templates/infrastructure/README.md.js';
import type { ConsumptionInfrastructure } from '../../infrastructure/consumption/logic-app.ts';
import { render } from '../../text/render.ts';
import type { WriteInput } from '../format.ts';
import { callersWords } from './callers.ts';
import { deployWords } from './deploy.ts';
import { identityWords } from './identity.ts';
import { parameterTable } from './parts.ts';

/** README.md of the files that a format deploys: what each is, the command, and what the deployment does not do. */
export function infrastructureReadme(
  input: WriteInput,
  { target, vaultAccess, parameters }: ConsumptionInfrastructure,
  format: { files: readonly [name: string, what: string][]; deploy: string },
): string {
  const { spec, environment, workflow } = input;
  return render(template, {
    ...format,
    deployWords: deployWords(input, 'consumption'),
    files: format.files.map(([name, what]) => ({ name, what })),
    azureCliCloud: environment.cloud === 'public' ? '' : clouds[environment.cloud].azureCliName,
    workflow: workflow.name,
    picture: input.picture(),
    environment: environment.name,
    file: spec.source.fileName,
    target,
    connectionName: target.connectionName ?? '',
    vault: { name: environment.vault?.name ?? '' },
    isPolicyVault: environment.vault?.access === 'policy',
    certificate: environment.certificate?.name ?? '',
    makesIdentity: target.makesIdentity === true,
    identityWords: identityWords(input, target, 'Logic App'),
    isSystemAssigned: target.userAssignedIdentity === undefined,
    grantsRole: vaultAccess?.how.kind === 'role',
    grantsPolicy: vaultAccess?.how.kind === 'policy',
    roleName: vaultAccess?.how.kind === 'role' ? vaultAccess.how.roleName : '',
    runsBySchedule: spec.trigger.recurrence !== undefined,
    callersWords: callersWords(spec),
    parameterTable: parameterTable(parameters),
  });
}
