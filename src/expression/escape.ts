/** Runs of `@` that would start an expression: every one that stands right before a `{`. The lookbehind keeps long runs linear. */
const runBeforeBrace = /(?<!@)@+(?=\{)/g;
const leadingOrBeforeBrace = /(?<!@)@+(?=\{)|^@+/g;

/**
 * The string of the workflow definition language that is read as exactly `text`, whatever stands in it: a value or the key of an
 * object, which is read in the same way (`@odata.type` is written `@@odata.type`).
 *
 * Three ways, each only where its reading is documented: `@@{` for a lone `@{`, `@@` for a leading `@` of a string that is text to
 * its end, and a string literal for the rest, because no document says what `@@@{` is.
 * Source: docs/facts/definitions.md#expressions.
 */
export function escapeText(text: string): string {
  if (!text.startsWith('@')) return text.replace(runBeforeBrace, (run) => (run === '@' ? '@@' : asLiteral(run)));
  if (!text.includes('@{', 1)) return `@${text}`;
  return text.replace(leadingOrBeforeBrace, asLiteral);
}

function asLiteral(run: string): string {
  return `@{'${run}'}`;
}
