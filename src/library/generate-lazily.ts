import type { GeneratedFile, Package } from '../formats/format.ts';
import { formatNamed } from '../formats/index.ts';
import { type LoadedFormat, makeFiles, makePackage } from '../make/make.ts';
import type { Spec } from '../spec/spec.ts';
import type { ExportOptions, GenerateOptions } from './generate.ts';

/** `generate`, for a command: it loads the one format that is wanted. All of them take as long to load as Node itself to start. */
export async function generateLazily(spec: Spec, options: GenerateOptions): Promise<GeneratedFile[]> {
  return makeFiles(spec, await loaded(options.format), options);
}

/** `exportPackage`, which loads that one format; with the name that the zip has among the files of `generate`. */
export async function exportLazily(spec: Spec, options: ExportOptions): Promise<Package> {
  return makePackage(spec, await loaded(options.format), options);
}

async function loaded(name: string): Promise<LoadedFormat> {
  const format = formatNamed(name);
  return { ...format, ...(await format.load()) };
}
