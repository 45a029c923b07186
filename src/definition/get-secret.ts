import { asText } from '../diagnostics/words.ts';
import { member } from '../json/member.ts';

/**
 * Whether an action reads the value of a secret from Key Vault: with any of the three connectors that can, or through an
 * environment variable of type Secret. Source: docs/facts/key-vault.md.
 */
export function isGetSecret(action: unknown): boolean {
  const inputs = member(action, 'inputs');
  switch (asText(member(action, 'type')).toLowerCase()) {
    case 'apiconnection':
      // In a template, ARM may put the path together.
      return /^(?:\[(?:concat|format)\(')?\/secrets\/.+\/value(?:'.*\)\])?$/i.test(asText(member(inputs, 'path')));
    case 'serviceprovider': {
      const provider = asText(member(inputs, 'serviceProviderConfiguration', 'serviceProviderId'));
      const operation = asText(member(inputs, 'serviceProviderConfiguration', 'operationId'));
      return /\/keyvault$/i.test(provider) && /^getSecret(Version)?$/i.test(operation);
    }
    case 'openapiconnection': {
      const operation = asText(member(inputs, 'host', 'operationId'));
      if (isSecretVariable(action)) return true;
      return /keyvault$/i.test(asText(member(inputs, 'host', 'apiId'))) && /^GetSecret(Version)?$/i.test(operation);
    }
    default:
      return false;
  }
}

/** Whether an action reads an environment variable of type Secret, through Dataverse. */
export function isSecretVariable(action: unknown): boolean {
  return asText(member(action, 'inputs', 'parameters', 'actionName')) === 'RetrieveEnvironmentVariableSecretValue';
}

/** Whether an action or trigger hides its `inputs` or `outputs` from run history. */
export function isSecured(operation: unknown, part: 'inputs' | 'outputs'): boolean {
  const properties = member(operation, 'runtimeConfiguration', 'secureData', 'properties');
  return Array.isArray(properties) && properties.some((property) => asText(property).toLowerCase() === part);
}
