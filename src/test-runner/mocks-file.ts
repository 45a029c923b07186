import type { Mock } from '../engine/mocks/mock.ts';
import { validateMocksFile } from '../generated/validate-test-file.js';
import { readYaml } from './read-yaml.ts';

/** Mocks in a file of their own, and what else a run is given. */
export interface MocksFile {
  readonly mocks: readonly Mock[];
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly appSettings?: Readonly<Record<string, string>>;
}

/** Reads the text of a file of mocks, YAML or JSON. Throws a SpecError that holds every mistake with its line and column. */
export function parseMocks(text: string, file: string): MocksFile {
  return readYaml(text, file, validateMocksFile).value as MocksFile;
}
