/** What a role lets do. Patterns as in Azure: `*` stands for anything. */
export interface RoleDefinition {
  readonly id: string;
  readonly name: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
}

const secrets = 'Microsoft.KeyVault/vaults/secrets';
const certificates = 'Microsoft.KeyVault/vaults/certificates';

/**
 * Azure's built-in roles, as far as they matter here. Source: Microsoft's "Azure built-in roles"; ids of the vault's:
 * docs/facts/key-vault.md#roles.
 */
export const roleDefinitions = {
  owner: role('8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'Owner', ['*'], []),
  contributor: role(
    'b24988ac-6180-42a0-ab88-20f7382dd24c',
    'Contributor',
    ['*'],
    [],
    ['Microsoft.Authorization/*/Delete', 'Microsoft.Authorization/*/Write', 'Microsoft.Authorization/elevateAccess/Action'],
  ),
  reader: role('acdd72a7-3385-48ef-bd42-f606fba81ae7', 'Reader', ['*/read'], []),
  userAccessAdministrator: role(
    '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
    'User Access Administrator',
    ['*/read', 'Microsoft.Authorization/*'],
    [],
  ),
  logicAppContributor: role(
    '87a39d53-fc1b-424a-814c-f7e04687dc9e',
    'Logic App Contributor',
    [
      'Microsoft.Authorization/*/read',
      'Microsoft.Logic/*',
      'Microsoft.Resources/deployments/*',
      'Microsoft.Resources/subscriptions/resourceGroups/read',
      'Microsoft.Web/connections/*',
    ],
    [],
  ),
  keyVaultAdministrator: role(
    '00482a5a-887f-4fb3-b363-3b7fe8e74483',
    'Key Vault Administrator',
    ['Microsoft.KeyVault/vaults/read'],
    ['Microsoft.KeyVault/vaults/*'],
  ),
  secretsOfficer: role(
    'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
    'Key Vault Secrets Officer',
    ['Microsoft.KeyVault/vaults/read'],
    [`${secrets}/*`],
  ),
  certificatesOfficer: role(
    'a4417e6f-fecd-4de8-b567-7b0420556985',
    'Key Vault Certificates Officer',
    ['Microsoft.KeyVault/vaults/read'],
    [`${certificates}/*`],
  ),
  secretsUser: role(
    '4633458b-17de-408a-b874-0445c86b69e6',
    'Key Vault Secrets User',
    [],
    [`${secrets}/getSecret/action`, `${secrets}/readMetadata/action`],
  ),
  certificateUser: role(
    'db79e9a7-68ee-4b58-9aeb-b90e7c24fcba',
    'Key Vault Certificate User',
    [],
    [`${certificates}/read`, `${secrets}/getSecret/action`, `${secrets}/readMetadata/action`],
  ),
  keyVaultReader: role(
    '21090545-7ca7-4776-b22c-e363652d74d2',
    'Key Vault Reader',
    ['Microsoft.KeyVault/vaults/read'],
    ['Microsoft.KeyVault/vaults/*/read', `${secrets}/readMetadata/action`],
  ),
} satisfies Record<string, RoleDefinition>;

export type RoleName = keyof typeof roleDefinitions;

function role(
  id: string,
  name: string,
  actions: readonly string[],
  dataActions: readonly string[],
  notActions: readonly string[] = [],
): RoleDefinition {
  return { id, name, actions, notActions, dataActions };
}

export function roleById(id: string): RoleDefinition | undefined {
  return Object.values(roleDefinitions).find((role) => role.id === id.toLowerCase());
}

/** Whether the role contains an action, such as `Microsoft.Logic/workflows/write`. */
export function contains(
  { actions, notActions, dataActions }: RoleDefinition,
  action: string,
  kind: 'action' | 'dataAction',
): boolean {
  const granted = kind === 'action' ? actions : dataActions;
  return (
    granted.some((pattern) => matches(pattern, action)) &&
    !(kind === 'action' && notActions.some((pattern) => matches(pattern, action)))
  );
}

function matches(pattern: string, action: string): boolean {
  const source = pattern.replaceAll(/[.]/g, '\\.').replaceAll('*', '.*');
  return new RegExp(`^${source}$`, 'i').test(action);
}
