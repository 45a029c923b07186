/** JSON as certflow writes it: two spaces, a line feed at the end, keys in the order of the object. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
