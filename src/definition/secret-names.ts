/** Names of settings, parameters and members that say that a secret is in them. */
const secretName =
  /(?:secret|password|passphrase|pwd|sas_?token|(?<!partition_?|row_?|public_?|primary_?|foreign_?|storage_?)key)(?:[_-]?\d)?$/i;

/** Whether the name of a value says that a secret is in it, and the value looks like one that a machine made, and not like words for one. */
export function isSecretByName(name: string, value: string): boolean {
  if (!secretName.test(name)) return false;
  return /^[\x21-\x7e]{12,}$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value) && !/^https?:|^@/i.test(value);
}
