import { consumption } from '../workflow/dialects/consumption.ts';
import { write as writeArm } from './arm/write.ts';
import { write as writeBicep } from './bicep/write.ts';
import { write as writeDefinition } from './definition/write.ts';
import type { Format } from './format.ts';

/** Every format that certflow writes. */
export const formats = [
  {
    name: 'definition',
    host: 'consumption',
    dialect: () => consumption,
    summary: 'the bare definition, and the same for the code view in the portal',
    write: writeDefinition,
  },
  {
    name: 'arm',
    host: 'consumption',
    dialect: () => consumption,
    summary: 'an ARM template with the connection, the Logic App and its access to the vault',
    write: writeArm,
  },
  {
    name: 'bicep',
    host: 'consumption',
    dialect: () => consumption,
    summary: 'the same in Bicep',
    write: writeBicep,
  },
] as const satisfies readonly Format[];

export type FormatName = (typeof formats)[number]['name'];

export const formatNames: readonly string[] = formats.map(({ name }) => name);

/** The format of a name, or undefined. */
export function formatNamed(name: string): Format | undefined {
  return formats.find((format) => format.name === name);
}
