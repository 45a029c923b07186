/** Names of settings, parameters and members that say that a secret is in them. */
const secretName =
  /(?:secret|password|passphrase|pwd|sas_?token|(?<!partition_?|row_?|public_?|primary_?|foreign_?|storage_?)key)(?:[_-]?\d)?$/i;

/** Whether the name of a value says that a secret is in it, and the value looks like one that a machine made, and not like words for one. */
export function isSecretByName(name: string, value: string): boolean {
  if (!secretName.test(name)) return false;
  return /^[\x21-\x7e]{12,}$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value) && !/^https?:|^@/i.test(value);
}

/** Members of connections that hold a secret whatever their value, in lower case. Source: docs/facts/standard-project.md#secrets. */
const ofConnections: ReadonlySet<string> = new Set([
  'accesskey',
  'accountkey',
  'apikey',
  'clientsecret',
  'password',
  'pfx',
  'sastoken',
  'secret',
  'sharedaccesskey',
  'sharedaccesssignature',
  'sshprivatekey',
  'sshprivatekeypassphrase',
  'subscriptionkey',
]);

/** Whether a member of a connection holds a secret, whatever its value; `token:clientSecret` is one too. */
export function isConnectionSecret(name: string): boolean {
  return ofConnections.has(name.slice(name.lastIndexOf(':') + 1).toLowerCase());
}
