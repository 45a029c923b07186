/** What a painter can set apart. */
export type Style = 'error' | 'warning' | 'info' | 'strong' | 'faint';

/** A part of a line that is painted where there is colour. Its text is as foreign as any other. */
export interface Painted {
  readonly style: Style;
  readonly text: string;
}

/** One line for a person. A line feed in it comes from a value, and does not end it. */
export type Line = string | readonly (string | Painted)[];

/** What is said to a person: lines, or a text whose line feeds are meant. */
export type Words = string | readonly Line[];

export function painted(style: Style, text: string): Painted {
  return { style, text };
}
