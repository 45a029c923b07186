import type { Entry, FileEntry } from '@zip.js/zip.js';
import { nameProblem } from './file-name.ts';
import { type FileTree, MemoryTree } from './file-tree.ts';

/** A zip that cannot be read, or that is refused because it could do harm. The message says why, without the file's name. */
export class ZipError extends Error {
  override readonly name = 'ZipError';
}

export interface ZipLimits {
  readonly entries: number;
  /** Of all entries together, in bytes, unpacked. */
  readonly bytes: number;
  /** Unpacked to packed, of an entry of more than a megabyte. Text of workflows stays below 60. */
  readonly ratio: number;
}

/** What zips have taken of the limits: a zip and those in it share one, so that depth multiplies nothing. */
export interface ZipUse {
  entries: number;
  bytes: number;
}

/** Dataverse takes packages up to 95 MB: docs/facts/solution.md#files. */
const usualLimits: ZipLimits = { entries: 20_000, bytes: 400e6, ratio: 250 };

/** Whether bytes are those of a zip; an empty one has only the record at its end. */
export function isZip(bytes: Uint8Array): boolean {
  const [p, k, third, fourth] = bytes;
  return p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6));
}

/**
 * Unpacks a zip in memory. Only the entries that `wanted` names are unpacked, the others are there without contents.
 * Backslashes are read as slashes: .NET Framework packs so. Throws a ZipError for what is no sound zip, goes over a limit, is encrypted,
 * or has an entry whose path leaves the folder, is absolute, is none on Windows, stands there twice or is a symbolic link. `used` is
 * counted up.
 */
export async function unzip(
  bytes: Uint8Array,
  {
    name,
    wanted,
    limits = usualLimits,
    used = { entries: 0, bytes: 0 },
  }: { name: string; wanted: (path: string) => boolean; limits?: ZipLimits; used?: ZipUse },
): Promise<FileTree> {
  const { ZipReader, Uint8ArrayReader, configure } = await import('@zip.js/zip.js');
  configure({ useWebWorkers: false });
  const reader = new ZipReader(new Uint8ArrayReader(bytes), { filenameValidation: 'tolerant', checkOverlappingEntry: true });
  try {
    const files = new Map<string, Uint8Array | undefined>();
    for (const { path, entry } of await list(reader.getEntriesGenerator(), limits, used)) {
      if (entry.directory || path.endsWith('/')) continue;
      if (files.has(path)) throw new ZipError(`the zip has two entries named ${JSON.stringify(path)}`);
      files.set(path, wanted(path) ? await unpack(entry) : undefined);
    }
    return new MemoryTree(name, files, '!');
  } catch (error) {
    if (error instanceof ZipError) throw error;
    throw new ZipError(`the zip is damaged: ${(error as Error).message || 'its data is damaged'}`, { cause: error });
  } finally {
    await reader.close().catch(() => undefined);
  }
}

async function list(
  entries: AsyncIterable<Entry>,
  limits: ZipLimits,
  used: ZipUse,
): Promise<{ readonly path: string; readonly entry: Entry }[]> {
  const found: { path: string; entry: Entry }[] = [];
  for await (const entry of entries) {
    const path = withoutDots(entry.filename.replaceAll('\\', '/'));
    found.push({ path, entry });
    used.entries++;
    used.bytes += entry.uncompressedSize;
    if (used.entries > limits.entries) throw new ZipError(`the zip has more than ${limits.entries} entries`);
    if (used.bytes > limits.bytes)
      throw new ZipError(`unpacked, the zip would have more than ${Math.round(limits.bytes / 1e6)} MB`);
    const problem = pathProblem(path) ?? entryProblem(entry, limits);
    if (problem !== undefined) throw new ZipError(`the zip's entry ${JSON.stringify(path)} ${problem}`);
  }
  return found;
}

/** Steps that go nowhere are left out, as who unpacks it does: two spellings of one path are one path. */
function withoutDots(path: string): string {
  return path.replaceAll(/(?<=[^/])\/+(?=\/)|(?<=^|\/)\.(?:\/+|$)/g, '');
}

function pathProblem(path: string): string | undefined {
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return 'has an absolute path';
  if (path.split('/').includes('..')) return 'leads out of the folder';
  if (path === '' || path.includes('\0')) return 'has no usable name';
  const problem = nameProblem(path);
  return problem && `has a name that cannot be unpacked everywhere: ${problem}`;
}

function entryProblem(entry: Entry, { ratio }: ZipLimits): string | undefined {
  if (entry.symlink) return 'is a symbolic link';
  if (entry.encrypted) return 'is encrypted';
  const isBomb = entry.uncompressedSize > 1e6 && entry.uncompressedSize > ratio * entry.compressedSize;
  return isBomb ? `would grow more than ${ratio} times when unpacked` : undefined;
}

/** The contents of an entry. The size that its header promises has passed the limits, so no more than that is taken. */
async function unpack(entry: FileEntry): Promise<Uint8Array> {
  const contents = new Uint8Array(entry.uncompressedSize);
  let length = 0;
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      // Throws where more comes than the header promised.
      contents.set(chunk, length);
      length += chunk.length;
    },
  });
  await entry.getData(sink, { checkCrc32: true });
  return contents.subarray(0, length);
}
