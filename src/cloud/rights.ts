/** A right that a step of setting up takes, and who can give it: the end of the sentence about a refused request. */
export interface Right {
  readonly what: string;
  readonly givenBy: string;
}

const entraAdministrator = 'a Privileged Role Administrator of the tenant';
const resourceOwner = 'an Owner of the subscription';

/**
 * The least right that is enough for each step. Sources: Microsoft's permission tables of each Graph method, "Least privileged roles by
 * task in Microsoft Entra ID", and the RBAC guide of Key Vault (facts/workflow-definitions.md 7.3).
 */
export const rights = {
  readApplications: {
    what: 'the Graph permission Application.Read.All, or a user account that may read the directory',
    givenBy: entraAdministrator,
  },
  register: {
    what: 'the Entra role Application Developer (or the Graph permission Application.ReadWrite.OwnedBy)',
    givenBy: entraAdministrator,
  },
  changeApplication: {
    what: 'to be an owner of the app registration, or the Entra role Application Administrator',
    givenBy: 'an owner of the registration, or a Privileged Role Administrator',
  },
  consent: {
    what: 'the Entra role Privileged Role Administrator (Cloud Application Administrator is enough where no permission is on Microsoft Graph)',
    givenBy: 'a Global Administrator of the tenant',
  },
  grantSites: {
    what: 'the Graph permission Sites.FullControl.All and, for a user, the role SharePoint Administrator',
    givenBy: entraAdministrator,
  },
  readUsers: { what: 'the Graph permission User.ReadBasic.All', givenBy: entraAdministrator },
  readResources: { what: 'the role Reader on the resource group', givenBy: resourceOwner },
  makeGroup: { what: 'the role Contributor on the subscription', givenBy: resourceOwner },
  makeVault: { what: 'the role Contributor or Key Vault Contributor on the resource group of the vault', givenBy: resourceOwner },
  assignRoles: {
    what: 'the role Owner, User Access Administrator or Role Based Access Control Administrator on the vault',
    givenBy: resourceOwner,
  },
  writePolicies: { what: 'the role Contributor or Key Vault Contributor on the vault', givenBy: resourceOwner },
  manageCertificates: { what: 'the role Key Vault Certificates Officer on the vault', givenBy: 'an Owner of the vault' },
  readSecret: { what: 'the role Key Vault Secrets User on the vault', givenBy: 'an Owner of the vault' },
  switchIdentity: { what: 'the role Website Contributor on the app', givenBy: resourceOwner },
} as const satisfies Readonly<Record<string, Right>>;
