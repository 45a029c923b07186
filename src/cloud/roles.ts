/**
 * Azure's built-in roles that let an identity read a secret of a vault. Ids: docs/facts/key-vault.md#roles (Microsoft's RBAC
 * guide).
 */
export const vaultRoles = {
  secretsUser: { name: 'Key Vault Secrets User', id: '4633458b-17de-408a-b874-0445c86b69e6' },
  certificateUser: { name: 'Key Vault Certificate User', id: 'db79e9a7-68ee-4b58-9aeb-b90e7c24fcba' },
} as const;

/** What creates and imports certificates, and reads no secret: for whoever sets the vault up. Source as above. */
export const certificatesOfficer = {
  name: 'Key Vault Certificates Officer',
  id: 'a4417e6f-fecd-4de8-b567-7b0420556985',
} as const;

/** What sees certificates, keys and secrets without what is in them. Source as above. */
export const keyVaultReader = { name: 'Key Vault Reader', id: '21090545-7ca7-4776-b22c-e363652d74d2' } as const;

/** Every built-in role with which secrets can be read; the last two can do too much besides. Source: as above. */
export const secretReaders = [
  vaultRoles.secretsUser,
  vaultRoles.certificateUser,
  { name: 'Key Vault Secrets Officer', id: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7' },
  { name: 'Key Vault Administrator', id: '00482a5a-887f-4fb3-b363-3b7fe8e74483' },
] as const;
