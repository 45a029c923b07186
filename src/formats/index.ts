import { consumption } from '../workflow/dialects/consumption.ts';
import { notes as appServiceNotes } from './app-service/notes.ts';
import { write as writeAppService } from './app-service/write.ts';
import { write as writeArm } from './arm/write.ts';
import { write as writeBicep } from './bicep/write.ts';
import { write as writeDefinition } from './definition/write.ts';
import { surroundings as flowPackageSurroundings } from './flow-package/surroundings.ts';
import { dialect as flowPackageDialect, pack as packFlowPackage, write as writeFlowPackage } from './flow-package/write.ts';
import type { Format } from './format.ts';
import { surroundings as solutionSurroundings } from './solution/surroundings.ts';
import { pack as packSolution, dialect as solutionDialect, write as writeSolution } from './solution/write.ts';
import { dialect as standardDialect } from './standard-project/logic-app.ts';
import {
  pack as packStandardProject,
  folder as standardFolder,
  surroundings as standardSurroundings,
  write as writeStandardProject,
} from './standard-project/write.ts';

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
  {
    name: 'standard-project',
    host: 'standard',
    dialect: standardDialect,
    summary: 'a project of Logic Apps (Standard) that specs share, and what makes its Logic App',
    write: writeStandardProject,
    pack: packStandardProject,
    surroundings: standardSurroundings,
    folder: standardFolder,
  },
  {
    name: 'app-service',
    // No workflow runs there, but a spec is checked as one all the same.
    host: 'consumption',
    dialect: () => consumption,
    summary: 'settings, identity and vault access of a web app, and C# that signs in',
    write: writeAppService,
    notes: appServiceNotes,
  },
  {
    name: 'solution',
    host: 'power-automate',
    dialect: solutionDialect,
    summary: 'a cloud flow in a Dataverse solution, with connection reference and environment variables',
    write: writeSolution,
    pack: packSolution,
    surroundings: solutionSurroundings,
  },
  {
    name: 'flow-package',
    host: 'power-automate',
    dialect: flowPackageDialect,
    summary: 'a cloud flow in a legacy package, for environments without solutions',
    write: writeFlowPackage,
    pack: packFlowPackage,
    surroundings: flowPackageSurroundings,
  },
] as const satisfies readonly Format[];

export type FormatName = (typeof formats)[number]['name'];

/** Formats that are one file to import. */
export type PackageFormatName = Extract<(typeof formats)[number], { pack: unknown }>['name'];

export const packageFormatNames: readonly string[] = formats.filter((format) => 'pack' in format).map(({ name }) => name);

export const formatNames: readonly string[] = formats.map(({ name }) => name);

/** The format of a name, or undefined. */
export function formatNamed(name: string): Format | undefined {
  return formats.find((format) => format.name === name);
}
