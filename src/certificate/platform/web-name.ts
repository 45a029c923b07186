import type { Name } from '@peculiar/asn1-x509';

/** Types of a name's parts as OpenSSL abbreviates them, and so Node. */
const types: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.13': 'description',
  '2.5.4.15': 'businessCategory',
  '2.5.4.17': 'postalCode',
  '2.5.4.41': 'name',
  '2.5.4.42': 'GN',
  '2.5.4.43': 'initials',
  '2.5.4.46': 'dnQualifier',
  '2.5.4.65': 'pseudonym',
  '2.5.4.97': 'organizationIdentifier',
  '1.2.840.113549.1.9.1': 'emailAddress',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
};

/** A name as Node writes it: a line for each part, what RFC 2253 makes special after a backslash. */
export function nameLines(name: Name): string {
  return name
    .map((part) => Array.from(part, ({ type, value }) => `${types[type] ?? type}=${escaped(value.toString())}`).join(' + '))
    .join('\n');
}

function escaped(text: string): string {
  return text
    .replaceAll(/[,+"\\<>;]|^[ #]| $/g, '\\$&')
    .replaceAll(/\p{Cc}/gu, (control) => `\\${control.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
