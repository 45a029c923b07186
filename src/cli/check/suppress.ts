import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import type { CheckFileOptions } from '../../library/check-document.ts';
import type { Baseline, KnownFinding } from '../../settings/baseline.ts';
import type { IgnoreEntry } from '../../settings/settings.ts';
import type { Output } from '../output.ts';

const settingsName = 'certflow.check.yaml';

/** What is not to be reported of the findings under one path: by its certflow.check.yaml, and by a baseline. */
export interface Suppressions {
  readonly suppress: NonNullable<CheckFileOptions['suppress']>;
  /** The baseline's path, where there is one. */
  readonly baseline: string | undefined;
  /** Texts of the settings, by file, for findings in them. */
  readonly texts: ReadonlyMap<string, string>;
  /** Entries of the settings that hid nothing, once all that they could be about was checked. */
  readonly idle: () => Diagnostic[];
  /** How many findings of the baseline are gone. */
  readonly gone: () => number;
}

export interface SuppressOptions {
  readonly config?: string;
  readonly baseline?: string;
  /** Whether the baseline is written anew, and so hides nothing. */
  readonly isUpdating: boolean;
  readonly ruleNames: readonly string[];
  readonly output: Output;
}

/** Reads what concerns the findings under a path. Throws what reading the files throws. */
export async function suppressionsFor(path: string, options: SuppressOptions): Promise<Suppressions> {
  const file = options.config ?? nearestSettings(path);
  const text = file === undefined ? '' : readText(file);
  if (file !== undefined) options.output.remember(file, text);
  // The YAML parser is loaded only where there is something to read.
  const settings =
    file === undefined ? undefined : (await import('../../settings/settings.ts')).parseSettings(text, file, options.ruleNames);
  const folder = file === undefined ? '.' : dirname(file);
  const baselinePath = options.baseline ?? (settings?.baseline === undefined ? undefined : join(folder, settings.baseline));
  const baseline = baselinePath === undefined || options.isUpdating ? undefined : await readBaseline(baselinePath);
  const used = new Set<IgnoreEntry>();
  return {
    baseline: baselinePath,
    texts: new Map(file === undefined ? [] : [[file, text]]),
    suppress: (diagnostic) => {
      const inSettings = relativePath(folder, diagnostic.file);
      const entry = settings?.ignore.find(({ covers }) => covers(diagnostic, inSettings.replaceAll('!', '/')));
      if (entry) {
        used.add(entry);
        return { by: 'configuration', reason: entry.reason };
      }
      const isKnown =
        baselinePath !== undefined && baseline?.has(diagnostic, relativePath(dirname(baselinePath), diagnostic.file));
      return isKnown ? { by: 'baseline', reason: 'it was there before' } : undefined;
    },
    // Where only a part of what the settings are about was checked, the rest may have the findings.
    idle: () =>
      isWithin(folder, path) ? (settings?.ignore ?? []).filter((entry) => !used.has(entry)).map(({ idle }) => idle) : [],
    gone: () => (baselinePath !== undefined && isWithin(dirname(baselinePath), path) ? (baseline?.gone ?? 0) : 0),
  };
}

/** Findings as the baseline at a path remembers them. */
export function toKnown(diagnostics: readonly Diagnostic[], baseline: string): KnownFinding[] {
  return diagnostics.map(({ file, rule, pointer }) => ({ file: relativePath(dirname(baseline), file), rule, pointer }));
}

/** The certflow.check.yaml of the folder of a path, or of the nearest above it, up to the root of its repository. */
function nearestSettings(path: string): string | undefined {
  for (let folder = resolve(path), below = ''; folder !== below; below = folder, folder = dirname(folder)) {
    const file = join(folder, settingsName);
    if (existsSync(file)) {
      const way = relative('.', file);
      return way.startsWith('..') ? file : way;
    }
    if (existsSync(join(folder, '.git'))) return undefined;
  }
  return undefined;
}

async function readBaseline(path: string): Promise<Baseline> {
  return (await import('../../settings/baseline.ts')).parseBaseline(readText(path), path);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function relativePath(folder: string, file = ''): string {
  return relative(folder, file).split(sep).join('/');
}

/** Whether a folder is a path, or stands in it. */
function isWithin(folder: string, path: string): boolean {
  const way = relative(path, folder);
  return !way.startsWith('..') && resolve(path, way) === resolve(folder);
}
