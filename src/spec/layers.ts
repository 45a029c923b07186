import type { Environment as EnvironmentInFile, SpecFile } from '../generated/spec-file.ts';
import { isObject } from '../json/json.ts';
import { pointerStep, toPointer } from '../json/pointer.ts';

/** What an environment may override besides the addresses of requests. */
type Overridable = 'cloud' | 'vault' | 'certificate' | 'appRegistration' | 'managedIdentity' | 'targets';

/** A spec's common part with one environment laid over it; tells for each value in which of the two it stands. */
export class Layers {
  /** Empty for the common part alone. */
  readonly environment: string;
  readonly #base: Partial<SpecFile>;
  readonly #over: EnvironmentInFile;

  constructor(base: Partial<SpecFile>, environment: string) {
    this.environment = environment;
    this.#base = base;
    this.#over = base.environments?.[environment] ?? {};
  }

  /** Groups are merged key by key; anything else, and the certificate (a version belongs to one name), is replaced whole. */
  get<Key extends Overridable>(key: Key): SpecFile[Key] {
    const [base, over] = [this.#base[key], this.#over[key]];
    return (key === 'certificate' ? (over ?? base) : merge(base, over)) as SpecFile[Key];
  }

  /** What the environment itself says. */
  own<Key extends Overridable>(key: Key): EnvironmentInFile[Key] {
    return this.#over[key];
  }

  overrides(key: Overridable): boolean {
    return this.#over[key] !== undefined;
  }

  /** Pointer to where a value, or what lacks it, stands in the file. */
  pointer(key: Overridable, ...path: string[]): string {
    const inEnvironment = ['environments', this.environment, key];
    if (this.#over[key] === undefined)
      return this.#base[key] === undefined ? this.#missing(key, path) : toPointer([key, ...path]);
    const isThere =
      path.length === 0 || this.#base[key] === undefined || hasPath(this.#over[key], path) || !hasPath(this.#base[key], path);
    return toPointer(isThere ? [...inEnvironment, ...path] : [key, ...path]);
  }

  /** What this environment says of a request, with the pointer to it. */
  request(name: string): { value: { url?: string; audience?: string }; pointer: string } | undefined {
    const index = this.#over.requests?.findIndex((request) => request?.name === name) ?? -1;
    const value = this.#over.requests?.[index];
    return value && { value, pointer: toPointer(['environments', this.environment, 'requests', index]) };
  }

  #missing(key: string, path: readonly string[]): string {
    const start = this.environment === '' ? '' : `/environments${pointerStep(this.environment)}`;
    return start + toPointer([key, ...path]);
  }
}

/** A vault or certificate written as text is the group with that name. */
function merge(base: unknown, over: unknown): unknown {
  if (over === undefined || base === undefined) return over ?? base;
  if (isObject(base) && typeof over === 'string') return { ...base, name: over };
  if (typeof base === 'string' && isObject(over)) return { name: base, ...over };
  if (!isObject(base) || !isObject(over)) return over;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) merged[key] = merge(merged[key], value);
  return merged;
}

function hasPath(value: unknown, path: readonly string[]): boolean {
  let here = value;
  for (const step of path) {
    // The text form of a vault is its name, so that the group's members lead to the text itself.
    if (typeof here === 'string') return step === 'name';
    here = isObject(here) ? here[step] : undefined;
  }
  return here !== undefined;
}
