import { inSubscription, parameter, type Value } from './value.ts';

/** The id of the managed connector in the region of the deployment. */
export const keyVaultConnector = inSubscription('Microsoft.Web/locations/managedApis', parameter('location'), 'keyvault');

/**
 * The properties of a connection that reads the vault with the managed identity of whoever uses it.
 * Shape: docs/facts/key-vault.md#consumption.
 */
export const keyVaultConnectionProperties: Value = {
  displayName: parameter('connectionName'),
  api: { id: keyVaultConnector },
  parameterValueType: 'Alternative',
  alternativeParameterValues: { vaultName: parameter('keyVaultName') },
  customParameterValues: {},
};
