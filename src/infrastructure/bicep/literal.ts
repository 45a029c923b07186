/** A Bicep literal of a text: `\u{…}` for what would end the line or cannot be seen. Source: Microsoft's page on Bicep's data types. */
export function bicepText(text: string): string {
  return `'${insideText(text)}'`;
}

/** A text as a part of a Bicep literal, between its quotes. */
export function insideText(text: string): string {
  return (
    text
      .replaceAll(/[\\']/g, '\\$&')
      .replaceAll('${', '\\${')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
  );
}

/** A name of a member: with quotes where Bicep needs them. The three words are values to it wherever they stand (error BCP022). */
export function bicepKey(key: string): string {
  return /^(?!(?:true|false|null)$)[A-Za-z_]\w*$/.test(key) ? key : bicepText(key);
}

/** What may stand in a comment to the end of its line. */
export function bicepComment(text: string): string {
  return `// ${text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')}`;
}
