/** A name as one line, as Node gives a subject or issuer. */
export function nameText(name: string): string {
  // There it has a line for each part.
  return name.split('\n').join(', ');
}
