import { azOption } from '../../text/az-option.ts';

/** One word of a POSIX shell, whatever is in it. Plain where nothing needs quotes. */
export function sh(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** An option of the Azure CLI with its value, in a POSIX shell. */
export function az(option: `--${string}`, value: string): string {
  return azOption(option, value, sh);
}

/** A file in the folder where the commands run; one that begins with `-` would be taken for an option. */
export function file(name: string): string {
  return name.startsWith('-') ? `./${name}` : name;
}

/** A PowerShell string. Its readers take five characters for a single quote. */
export function ps(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/** A string within an OData filter, without what a shell wants around it. */
export function odata(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
