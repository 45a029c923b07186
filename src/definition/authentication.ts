/**
 * Members of each type of authentication (in lower case) that hold what must stay secret. Source:
 * docs/facts/sign-in.md#other-types.
 */
export const credentialMembers = {
  activedirectoryoauth: ['pfx', 'password', 'secret'],
  clientcertificate: ['pfx', 'password'],
  basic: ['password'],
  raw: ['value'],
  key: ['key'],
} as const;
