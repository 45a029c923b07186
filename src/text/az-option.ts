/**
 * An option of the Azure CLI with its value, for a shell. The CLI takes a value that begins with `-` for an option of its own. It puts the content of a
 * file in the place of `@file`, also behind the first `=` of an argument; `@-` is its standard input, of which it reads nothing as a file
 * any more. Source: Azure/azure-cli, src/azure-cli-core/azure/cli/core/commands/__init__.py, `_expand_file_prefixed_files`.
 *
 * `word` makes a value one word of the shell, such as `sh`. A value that begins with `@` takes a shell with here-strings (bash, zsh), and
 * only one of them can stand in a command.
 */
export function azOption(name: `--${string}`, value: string, word: (value: string) => string): string {
  if (value.startsWith('@')) return `${name}=@- <<<${word(value)}`;
  return /^-|^[^=]*=@/.test(value) ? `${name}=${word(value)}` : `${name} ${word(value)}`;
}
