import headTemplate from '../../generated/templates/bicep/head.bicep.js';
import parameterFileTemplate from '../../generated/templates/bicep/main.bicepparam.js';
import vaultAccessTemplate from '../../generated/templates/bicep/modules/vault-access.bicep.js';
import { render } from '../../text/render.ts';
import type { VaultAccess } from '../azure-target.ts';
import type { GeneratedFile } from '../format.ts';
import type { TemplateParameter } from '../template-parameter.ts';

/** Names that Bicep's linter takes for those of secrets. A request called so gives its name to a parameter; no parameter is a secret. */
const soundsSecret = /password|pwd|secret|accountkey|acctkey/i;

/** What a Bicep file begins with: where it is from, its parameters, and the user-assigned identity where it has one. */
export function bicepHead(fileName: string, parameters: readonly TemplateParameter[], isUserAssigned: boolean): string {
  const text = render(headTemplate, {
    file: fileName,
    isUserAssigned,
    parameters: parameters.map(({ name, type, description, allowed, default: fallback }) => ({
      name,
      type,
      description,
      soundsSecret: soundsSecret.test(name),
      allowed: allowed ?? false,
      hasDefault: fallback !== undefined,
      fallback,
    })),
  });
  return text.trimEnd();
}

/** The values of one environment. */
export function bicepParameterFile(parameters: readonly TemplateParameter[]): GeneratedFile {
  const given = parameters.filter(({ value }) => value !== undefined);
  return { path: 'main.bicepparam', contents: render(parameterFileTemplate, { parameters: given }) };
}

/** The module that lets an identity read the vault; none where that is left to others. */
export function vaultAccessModule(access: VaultAccess | undefined): GeneratedFile[] {
  if (access === undefined) return [];
  const contents = render(vaultAccessTemplate, access.kind === 'role' ? access : { roleId: '' });
  return [{ path: 'modules/vault-access.bicep', contents }];
}
