import { UsageError } from '../diagnostics/errors.ts';
import { choice } from '../diagnostics/words.ts';
import type { Format, Writer } from './format.ts';

/** Of a module of a writer, the writer: published types name no modules. */
const writerIn = (load: () => Promise<Writer>) => load;

/** Every format that certflow writes. The library has their writers at hand in writing/writers.ts; the command line loads the one it needs. */
export const formats = [
  {
    name: 'definition',
    host: 'consumption',
    summary: 'the bare definition, and the same for the code view in the portal',
    load: writerIn(() => import('./definition/write.ts')),
  },
  {
    name: 'arm',
    host: 'consumption',
    summary: 'an ARM template with the connection, the Logic App and its access to the vault',
    load: writerIn(() => import('./arm/write.ts')),
  },
  {
    name: 'bicep',
    host: 'consumption',
    summary: 'the same in Bicep',
    load: writerIn(() => import('./bicep/write.ts')),
  },
  {
    name: 'standard-project',
    host: 'standard',
    summary: 'a project of Logic Apps (Standard) that specs share, and what makes its Logic App',
    folder: ({ targets }) => targets.standard?.site,
    load: writerIn(() => import('./standard-project/write.ts')),
  },
  {
    name: 'app-service',
    // No workflow runs there, but a spec is checked as one all the same.
    host: 'consumption',
    summary: 'settings, identity and vault access of a web app, and C# that signs in',
    load: writerIn(() => import('./app-service/write.ts')),
  },
  {
    name: 'solution',
    host: 'power-automate',
    summary: 'a cloud flow in a Dataverse solution, with connection reference and environment variables',
    load: writerIn(() => import('./solution/write.ts')),
  },
  {
    name: 'flow-package',
    host: 'power-automate',
    summary: 'a cloud flow in a legacy package, for environments without solutions',
    load: writerIn(() => import('./flow-package/write.ts')),
  },
] as const satisfies readonly Format[];

export type FormatName = (typeof formats)[number]['name'];

export const formatNames: readonly string[] = formats.map(({ name }) => name);

/** Formats of which there is one zip to import or to deploy. */
export const packageFormatNames = ['standard-project', 'solution', 'flow-package'] as const satisfies readonly FormatName[];

export type PackageFormatName = (typeof packageFormatNames)[number];

/** The name of a format that is one zip. Throws a UsageError for another one. */
export function packageFormatNamed(name: string): PackageFormatName {
  const known = packageFormatNames.find((one) => one === formatNamed(name).name);
  if (known === undefined) throw noPackage(name);
  return known;
}

export function noPackage(name: string): UsageError {
  return new UsageError(`"${name}" is no package; those are ${packageFormatNames.join(', ')}`);
}

/** The format of a name. Throws a UsageError where there is none. */
export function formatNamed(name: string): Format & { readonly name: FormatName } {
  const format = formats.find((format) => format.name === name);
  if (!format) throw new UsageError(`there is no format "${name}": ${choice(name, formatNames)}`);
  return format;
}
