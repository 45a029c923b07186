import { write as writeDefinition } from './definition/write.ts';
import type { Format } from './format.ts';

/** Every format that certflow writes. */
export const formats = [
  {
    name: 'definition',
    host: 'consumption',
    summary: 'the bare definition, and the same for the code view in the portal',
    write: writeDefinition,
  },
] as const satisfies readonly Format[];

export type FormatName = (typeof formats)[number]['name'];

export const formatNames: readonly string[] = formats.map(({ name }) => name);

/** The format of a name, or undefined. */
export function formatNamed(name: string): Format | undefined {
  return formats.find((format) => format.name === name);
}
