/** What a painter can set apart: `ok` is well or comes new, `error` has failed or goes, `warning` changes or needs a look. */
export type Style = 'ok' | 'error' | 'warning' | 'info' | 'strong' | 'faint';

/** A part of a line that is painted where there is colour. Its text is as foreign as any other. */
export interface Painted {
  readonly style: Style;
  readonly text: string;
}

/** A part of a line that came from somewhere else: shown to its 200th character, whatever stands in it. */
export interface Value {
  readonly value: string;
}

export type Part = string | Painted | Value;

/** One line for a person. A line feed in it comes from a value, and does not end it. */
export type Line = string | readonly Part[];

/** What is said to a person: lines, or a text whose line feeds are meant. */
export type Words = string | readonly Line[];

/** A line with values in it, which are what stands between the words of a template. */
export function line(words: TemplateStringsArray, ...values: readonly (string | number)[]): readonly Part[] {
  return words.flatMap((word, index) => [word, ...values.slice(index, index + 1).map((value) => ({ value: String(value) }))]);
}

export function painted(style: Style, text: string): Painted {
  return { style, text };
}
