import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { RefusedError, UnreadableError } from '../../diagnostics/errors.ts';
import { foldersAround, repositoryOf } from '../../disk/find-files.ts';
import { isThere } from '../../disk/kind.ts';
import { isWithin, mostByHand, readFound, readNamed } from '../../disk/read.ts';
import { decodeText } from '../../document/decode.ts';
import type { CheckFileOptions } from '../../library/check-document.ts';
import type { Baseline, KnownFinding } from '../../settings/baseline.ts';
import type { IgnoreEntry } from '../../settings/settings.ts';
import type { Output } from '../output.ts';

const settingsName = 'certflow.check.yaml';

/** What is not to be reported of the findings under one path: by its certflow.check.yaml, and by a baseline. */
export interface Suppressions {
  readonly suppress: NonNullable<CheckFileOptions['suppress']>;
  readonly baseline: BaselinePlace | undefined;
  /** Texts of the settings, by file, for findings in them. */
  readonly texts: ReadonlyMap<string, string>;
  /** Entries of the settings that hid nothing, once all that they could be about was checked. */
  readonly idle: () => Diagnostic[];
  /** How many findings of the baseline are gone. */
  readonly gone: () => number;
}

/** Where a baseline lies, or is to lie. */
export interface BaselinePlace {
  readonly path: string;
  /** What its path may not lead out of, links followed: where nobody named it, but a file that was found. */
  readonly within?: string;
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
  const text =
    file === undefined ? '' : textAt({ path: file, ...(options.config === undefined && { within: placeAround(file) }) });
  if (file !== undefined) options.output.remember(file, text);
  // The YAML parser is loaded only where there is something to read.
  const settings =
    file === undefined ? undefined : (await import('../../settings/settings.ts')).parseSettings(text, file, options.ruleNames);
  const folder = file === undefined ? '.' : dirname(file);
  const place = baselinePlace(options, settings?.baseline, file);
  const baseline = place === undefined || options.isUpdating ? undefined : await readBaseline(place);
  const folderOfBaseline = place && dirname(place.path);
  const used = new Set<IgnoreEntry>();
  return {
    baseline: place,
    texts: new Map(file === undefined ? [] : [[file, text]]),
    suppress: (diagnostic) => {
      const inSettings = relativePath(folder, diagnostic.file);
      const entry = settings?.ignore.find(({ covers }) => covers(diagnostic, inSettings.replaceAll('!', '/')));
      if (entry) {
        used.add(entry);
        return { by: 'configuration', reason: entry.reason };
      }
      const isKnown = folderOfBaseline && baseline?.has(diagnostic, relativePath(folderOfBaseline, diagnostic.file));
      return isKnown ? { by: 'baseline', reason: 'it was there before' } : undefined;
    },
    // Where only a part of what the settings are about was checked, the rest may have the findings.
    idle: () =>
      isAround(folder, path) ? (settings?.ignore ?? []).filter((entry) => !used.has(entry)).map(({ idle }) => idle) : [],
    gone: () => (folderOfBaseline && isAround(folderOfBaseline, path) ? (baseline?.gone ?? 0) : 0),
  };
}

/** Findings as the baseline at a path remembers them. */
export function toKnown(diagnostics: readonly Diagnostic[], baseline: string): KnownFinding[] {
  return diagnostics.map(({ file, rule, pointer }) => ({ file: relativePath(dirname(baseline), file), rule, pointer }));
}

/** The certflow.check.yaml of the folder of a path, or of the nearest above it, up to the root of its repository. */
function nearestSettings(path: string): string | undefined {
  const root = repositoryOf(path);
  for (const folder of foldersAround(path)) {
    const file = join(folder, settingsName);
    if (isThere(file)) {
      const way = relative('.', file);
      return way.startsWith('..') ? file : way;
    }
    if (folder === root) return undefined;
  }
  return undefined;
}

/** What a file that was found may lead into: its repository, or outside of one its folder. */
function placeAround(file: string): string {
  return repositoryOf(dirname(file)) ?? dirname(file);
}

/** Throws a RefusedError where settings that were found name a baseline far away from them. */
function baselinePlace(options: SuppressOptions, inSettings = '', settings = ''): BaselinePlace | undefined {
  if (options.baseline !== undefined) return { path: options.baseline };
  if (inSettings === '') return undefined;
  const path = join(dirname(settings), inSettings);
  if (options.config !== undefined) return { path };
  const within = placeAround(settings);
  if (!isWithin(resolve(within), resolve(path)))
    throw new RefusedError(`${settings} names the baseline ${path}, which lies outside of ${within}. Name it with --baseline.`);
  return { path, within };
}

async function readBaseline(place: BaselinePlace): Promise<Baseline> {
  return (await import('../../settings/baseline.ts')).parseBaseline(textAt(place), place.path);
}

function textAt({ path, within }: BaselinePlace): string {
  const bytes = within === undefined ? readNamed(path) : readFound(within, relative(within, path), { most: mostByHand });
  if (!bytes) throw new UnreadableError(path, isThere(path) ? 'it is a folder' : 'there is no such file');
  return decodeText(bytes);
}

function relativePath(folder: string, file = ''): string {
  return relative(folder, file).split(sep).join('/');
}

/** Whether a folder is a path, or stands in it. */
function isAround(folder: string, path: string): boolean {
  const way = relative(path, folder);
  return !way.startsWith('..') && resolve(path, way) === resolve(folder);
}
