import type { GeneratedFile } from '../formats/format.ts';
import { type FormatName, formatNamed, type PackageFormatName } from '../formats/index.ts';
import { writers } from '../formats/writing/writers.ts';
import { type LoadedFormat, type MakeOptions, makeFiles, makePackage } from '../make/make.ts';
import type { Spec } from '../spec/spec.ts';

export interface GenerateOptions extends MakeOptions {
  readonly format: FormatName;
}

/**
 * Makes the files of one format for one environment, and checks the definition before it gives them. The same spec gives the
 * same bytes. Throws a SpecError where the spec lacks something or the definition would not do, a UsageError for an unknown name and
 * where a file would have a name that Windows cannot have.
 */
export function generate(spec: Spec, options: GenerateOptions): GeneratedFile[] {
  return makeFiles(spec, loaded(options.format), options);
}

export interface ExportOptions extends GenerateOptions {
  readonly format: PackageFormatName;
  /** Whether a solution is locked where it is imported. Default: no. */
  readonly managed?: boolean;
}

/**
 * The bytes of the one zip that is imported into Power Automate. Checked and deterministic like the files of `generate`, among which
 * the same zip is; throws the same.
 */
export function exportPackage(spec: Spec, options: ExportOptions): Uint8Array {
  return makePackage(spec, loaded(options.format), options).contents;
}

function loaded(name: string): LoadedFormat {
  const format = formatNamed(name);
  return { ...format, ...writers[format.name] };
}
