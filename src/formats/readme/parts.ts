import parameterTemplate from '../../generated/templates/infrastructure/parameters.md.js';
import accessTemplate from '../../generated/templates/infrastructure/vault-access.md.js';
import type { Parameter } from '../../infrastructure/model.ts';
import type { VaultAccess } from '../../infrastructure/target.ts';
import { hasCertificate } from '../../spec/needs.ts';
import type { Environment } from '../../spec/spec.ts';
import { azOption } from '../../text/az-option.ts';
import { render } from '../../text/render.ts';

/** The options that tell the Azure CLI where something is. Double quotes hold in every shell, and nothing in a resource group's name needs more. */
export function azPlace({
  subscription,
  resourceGroup,
}: {
  readonly subscription: string;
  readonly resourceGroup: string;
}): string {
  return `--subscription ${subscription} ${azOption('--resource-group', resourceGroup, (name) => `"${name}"`)}`;
}

/** What a README.md says of the access of an app's identity to the vault, and of the certificate in it; empty where there is none. */
export function vaultAccessWords(environment: Environment, access: VaultAccess | undefined): string {
  if (!hasCertificate(environment)) return '';
  const { vault, certificate } = environment;
  const text = render(accessTemplate, {
    vault: vault.name,
    isPolicyVault: vault.access === 'policy',
    grantsRole: access?.kind === 'role',
    grantsPolicy: access?.kind === 'policy',
    roleName: access?.kind === 'role' ? access.roleName : '',
    certificate: certificate.name,
  });
  return text.trimEnd();
}

/** A table of the parameters of a template, with their values in this environment. */
export function parameterTable(parameters: readonly Parameter[]): string {
  const text = render(parameterTemplate, {
    parameters: parameters.map(({ name, description, value, default: fallback }) => ({
      name,
      description,
      value: shown(value ?? fallback),
    })),
  });
  return text.trimEnd();
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
