/** One word of a POSIX shell, whatever is in it. Plain where nothing needs quotes. */
export function sh(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A PowerShell string. Its readers take five characters for a single quote. */
export function ps(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/** A string within an OData filter, without what a shell wants around it. */
export function odata(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
