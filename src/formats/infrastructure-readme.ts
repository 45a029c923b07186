import { clouds } from '../cloud/clouds.ts';
import template from '../generated/templates/infrastructure/README.md.js';
import { render } from '../text/render.ts';
import { callersWords } from './callers.ts';
import type { WriteInput } from './format.ts';
import type { Infrastructure } from './infrastructure.ts';
import { parameterTable } from './readme-parts.ts';

/** README.md of the files that a format deploys: what each is, the command, and what the deployment does not do. */
export function infrastructureReadme(
  input: WriteInput,
  { target, identity, vaultAccess, parameters }: Infrastructure,
  format: { files: readonly [name: string, what: string][]; deploy: string },
): string {
  const { spec, environment, workflow } = input;
  return render(template, {
    ...format,
    files: format.files.map(([name, what]) => ({ name, what })),
    azureCliCloud: environment.cloud === 'public' ? '' : clouds[environment.cloud].azureCliName,
    workflow: workflow.name,
    environment: environment.name,
    file: spec.source.fileName,
    target,
    vault: environment.vault,
    isPolicyVault: environment.vault.access === 'policy',
    certificate: environment.certificate.name,
    isSystemAssigned: identity === 'systemAssigned',
    grantsRole: vaultAccess?.kind === 'role',
    grantsPolicy: vaultAccess?.kind === 'policy',
    roleName: vaultAccess?.kind === 'role' ? vaultAccess.roleName : '',
    runsBySchedule: spec.trigger.recurrence !== undefined,
    callersWords: callersWords(spec),
    parameterTable: parameterTable(parameters),
  });
}
