/** A right that a step of setting up takes, and who can give it: the end of the sentence about a refused request. */
export interface Right {
  /** The step that takes it. */
  readonly step: string;
  readonly what: string;
  readonly givenBy: string;
}

const entraAdministrator = 'a Privileged Role Administrator of the tenant';
const resourceOwner = 'an Owner of the subscription';

/**
 * The least right that is enough for each step. Sources: Microsoft's permission tables of each Graph method, "Least privileged roles by
 * task in Microsoft Entra ID", and the RBAC guide of Key Vault (docs/facts/key-vault.md#roles).
 */
export const rights = {
  readApplications: {
    step: 'looking for the app registration',
    what: 'the Graph permission Application.Read.All, or a user account that may read the directory',
    givenBy: entraAdministrator,
  },
  register: {
    step: 'registering the application, and its service principal',
    what: 'the Entra role Application Developer (or the Graph permission Application.ReadWrite.OwnedBy)',
    givenBy: entraAdministrator,
  },
  changeApplication: {
    step: 'putting the certificate and the permissions on an app registration that is there',
    what: 'to be an owner of the app registration, or the Entra role Application Administrator',
    givenBy: 'an owner of the registration, or a Privileged Role Administrator',
  },
  consent: {
    step: 'admin consent',
    what: 'the Entra role Privileged Role Administrator (Cloud Application Administrator is enough where no permission is on Microsoft Graph)',
    givenBy: 'a Global Administrator of the tenant',
  },
  grantSites: {
    step: 'rights on sites (`Sites.Selected`)',
    what: 'the Graph permission Sites.FullControl.All and, for a user, the role SharePoint Administrator',
    givenBy: entraAdministrator,
  },
  readUsers: {
    step: 'finding the owner of the connection of a flow',
    what: 'the Graph permission User.ReadBasic.All',
    givenBy: entraAdministrator,
  },
  readResources: {
    step: 'looking what is there in Azure',
    what: 'the role Reader on the resource group',
    givenBy: resourceOwner,
  },
  readSettings: {
    step: 'seeing the settings of an app: `status`, `doctor`',
    what: 'Microsoft.Web/sites/config/list/action on the app, which is in the role Website Contributor',
    givenBy: resourceOwner,
  },
  makeGroup: { step: 'making the resource group', what: 'the role Contributor on the subscription', givenBy: resourceOwner },
  makeVault: {
    step: 'making the vault',
    what: 'the role Contributor or Key Vault Contributor on the resource group of the vault',
    givenBy: resourceOwner,
  },
  assignRoles: {
    step: 'roles on the vault: your own for the import, and those of readers',
    what: 'the role Owner, User Access Administrator or Role Based Access Control Administrator on the vault',
    givenBy: resourceOwner,
  },
  writePolicies: {
    step: 'the same in a vault with access policies',
    what: 'the role Contributor or Key Vault Contributor on the vault',
    givenBy: resourceOwner,
  },
  readCertificates: {
    step: 'seeing the certificates of the vault, without their keys: `cert expiring`, `cert rotate --plan`',
    what: 'the role Key Vault Reader on the vault',
    givenBy: 'an Owner of the vault',
  },
  manageCertificates: {
    step: 'making and importing certificates in the vault; certflow gives it to you for the moment where you may give roles',
    what: 'the role Key Vault Certificates Officer on the vault',
    givenBy: 'an Owner of the vault',
  },
  readSecret: {
    step: '`cert rotate --finish` sees the versions, and reads the certificate as the workflow does; given for the moment as well',
    what: 'the role Key Vault Certificate User on the vault',
    givenBy: 'an Owner of the vault',
  },
  makeIdentity: {
    step: 'making a user-assigned identity',
    what: 'the role Managed Identity Contributor on the resource group',
    givenBy: resourceOwner,
  },
  switchIdentity: {
    step: 'switching on the identity of a Standard site or web app',
    what: 'the role Website Contributor on the app',
    givenBy: resourceOwner,
  },
} as const satisfies Readonly<Record<string, Right>>;
