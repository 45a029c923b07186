import type { Mock } from '../engine/mocks/mock.ts';
import type { TriggerInput } from '../engine/options.ts';
import type { Status } from '../engine/run/record.ts';
import { validateTestFile } from '../generated/validate-test-file.js';
import type { SpecSource } from '../spec/source.ts';
import { readYaml } from './read-yaml.ts';

type Group = Readonly<Record<string, unknown>>;

/** A file of cases, as `schemas/test.schema.json` has it. */
export interface TestFile {
  /** Where the workflow is, from the folder of the file. */
  readonly workflow: string;
  readonly name?: string;
  readonly environment?: string;
  readonly parameters?: Group;
  readonly appSettings?: Readonly<Record<string, string>>;
  readonly mocks?: readonly Mock[];
  readonly now?: string;
  readonly cases: readonly TestCase[];
}

export interface TestCase {
  readonly name: string;
  readonly trigger?: TriggerInput;
  readonly parameters?: Group;
  readonly mocks?: readonly Mock[];
  readonly now?: string;
  readonly expect: Expectation;
}

export interface Expectation {
  readonly status?: Status;
  /** The code that the run fails with. */
  readonly error?: string;
  /** How many runs start. */
  readonly runs?: number;
  readonly actions?: Readonly<Record<string, Status | ExpectedAction>>;
  readonly requests?: readonly ExpectedRequest[];
  readonly response?: { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };
  readonly variables?: Group;
  readonly outputs?: Group;
  /** The run is as it was written down. */
  readonly snapshot?: true;
  /** Texts that run history shows nowhere. */
  readonly secrets?: readonly string[];
  readonly not?: { readonly actions?: readonly string[]; readonly requests?: readonly ExpectedRequest[] };
}

export interface ExpectedAction {
  readonly status?: Status;
  readonly code?: string;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
  readonly hidden?: readonly ('inputs' | 'outputs')[];
  readonly times?: number;
}

/** What a request must have; `times` is how often it is made. */
export interface ExpectedRequest {
  readonly action?: string;
  readonly method?: string;
  readonly url?: string;
  readonly host?: string;
  readonly path?: string;
  readonly connector?: string;
  readonly operation?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly queries?: Group;
  readonly parameters?: unknown;
  readonly body?: unknown;
  readonly times?: number;
}

/** A test file that was read, and its text for the places of what is found. */
export interface ReadTestFile {
  readonly tests: TestFile;
  readonly source: SpecSource;
}

/** Reads the text of a test file, YAML or JSON. Throws a SpecError that holds every mistake with its line and column. */
export function parseTestFile(text: string, file: string): ReadTestFile {
  const { value, source } = readYaml(text, file, validateTestFile);
  return { tests: value as TestFile, source };
}
