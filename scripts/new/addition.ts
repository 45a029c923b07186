/** What `npm run new` does to the repository for a thing of some kind. */
export interface Addition {
  /** New files: path and text. */
  readonly files: Readonly<Record<string, string>>;
  /** Lines for files that are there: each comes after the last place that its pattern finds. */
  readonly lists: readonly { readonly path: string; readonly after: RegExp; readonly line: string }[];
  /** Arguments of vitest: the test that writes the golden files. */
  readonly golden: readonly string[];
  /** What a person does then, an order each. */
  readonly next: readonly string[];
}

/** `my-rule` as `myRule`. */
export function camelCase(name: string): string {
  return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
