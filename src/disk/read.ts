import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, relative, sep } from 'node:path';
import { UnreadableError } from '../diagnostics/errors.ts';
import { nameProblem } from '../document/file-name.ts';
import { isLfsPointer, lfsProblem } from '../document/lfs-pointer.ts';
import { type Kind, kindOfStats, ownKindOf } from './kind.ts';

export interface ReadOptions {
  /** Bytes; no file with more is read. Default: 512 MB, which no workflow and no package comes near. */
  readonly most?: number;
}

/** Of what somebody writes by hand: a spec, settings. */
export const mostByHand = 16e6;

/**
 * The bytes of a file that somebody named. It may be a link, which is resolved once; with `mayBePipe` it may be what another process
 * writes. Throws an UnreadableError for what is not there, is no file or has more bytes.
 */
export function readNamed(path: string, { most = 512e6, mayBePipe = false }: ReadOptions & { mayBePipe?: boolean } = {}): Buffer {
  return reading(path, () => {
    refuseName(basename(path));
    const takes = mayBePipe ? (['file', 'pipe'] as const) : (['file'] as const);
    // Looked at before it is opened: some devices begin to act then.
    refuseKind(kindOfStats(statSync(path)), takes);
    const descriptor = openSync(path, constants.O_RDONLY | withoutWaiting);
    // A pipe of the shell has its writer from the start, and is at its end without one.
    return readOpened(descriptor, { takes, most, ...(!/^\/(?:dev|proc)\//.test(path) && { until: Date.now() + longestWait }) });
  });
}

/**
 * The bytes of a file that nobody named: it was found in a folder, or lies where such a file usually does. `path` is relative to the
 * folder. Undefined where there is no file. Throws an UnreadableError for a link that leads out of the folder, what is neither a file
 * nor a folder, or a file with more bytes.
 */
export function readFound(folder: string, path: string, { most = 512e6 }: ReadOptions = {}): Buffer | undefined {
  const file = join(folder, path);
  const kind = ownKindOf(file);
  if (kind === undefined || kind === 'folder') return undefined;
  return reading(file, () => {
    refuseName(path);
    if (kind !== 'link') refuseKind(kind, ['file']);
    const real = realpathSync.native(file);
    if (!isWithin(realpathSync.native(folder), real))
      throw new Problem(`it is a link to ${real}, which is outside of the folder`);
    return readOpened(openSync(real, constants.O_RDONLY | withoutWaiting | notThroughLinks), { takes: ['file'], most });
  });
}

/** What comes in on standard input, up to its end. Throws an UnreadableError for more bytes. */
export function readStandardInput({ most }: Required<ReadOptions>): Buffer {
  return reading('standard input', () => readAll(0, { size: 0, most }));
}

/** Whether a path is a folder, or lies in it. Both are absolute, and real where links count. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The same for what is there, links followed; false where either is not. */
export function isReallyWithin(folder: string, path: string): boolean {
  try {
    return isWithin(realpathSync.native(folder), realpathSync.native(path));
  } catch {
    return false;
  }
}

/** What stands in the way, in words that follow "cannot be read". */
class Problem extends Error {}

// Windows has neither.
const withoutWaiting = constants.O_NONBLOCK ?? 0;
const notThroughLinks = constants.O_NOFOLLOW ?? 0;

/** Another process may take so long to write into a pipe. Milliseconds. */
const longestWait = 120_000;

function reading<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** What the system says of a path, in our words. */
export function unreadable(path: string, error: unknown): UnreadableError {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const leadsNowhere = code === 'ENOENT' && ownKindOf(path) === 'link';
  const reason = leadsNowhere ? 'it is a link that leads nowhere' : (reasons[code] ?? message);
  return new UnreadableError(path, reason, { cause: error });
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  EACCES: 'you have no right to read it',
  EPERM: 'you have no right to read it',
  ENXIO: 'it is no file',
  ENAMETOOLONG: 'its name is too long',
};

function refuseName(path: string) {
  const problem = nameProblem(path);
  if (problem !== undefined) throw new Problem(`${problem}. Give it another name`);
}

function refuseKind(kind: Kind, takes: readonly Kind[]) {
  if (!takes.includes(kind)) throw new Problem(`it is a ${kind}${kind === 'folder' ? '' : ', and no file'}`);
}

function readOpened(
  descriptor: number,
  { takes, most, until }: { takes: readonly Kind[]; most: number; until?: number },
): Buffer {
  try {
    const stats = fstatSync(descriptor);
    refuseKind(kindOfStats(stats), takes);
    const bytes = readAll(descriptor, { size: stats.size, most, ...(stats.isFIFO() && { until }) });
    if (isLfsPointer(bytes)) throw new Problem(lfsProblem);
    return bytes;
  } finally {
    closeSync(descriptor);
  }
}

/** All bytes up to the end, wherever the file says that it is. `until`: when a pipe into which nobody has written yet is given up. */
function readAll(descriptor: number, { size, most, until }: { size: number; most: number; until?: number | undefined }): Buffer {
  if (size > most) throw tooLong(most);
  let bytes = Buffer.allocUnsafeSlow(Math.max(size, 4095) + 1);
  for (let length = 0; ; ) {
    const read = readSome(descriptor, bytes.subarray(length));
    if (read === 0 && (length > 0 || until === undefined)) return bytes.subarray(0, length);
    if (read) {
      length += read;
      if (length > most) throw tooLong(most);
      if (length === bytes.length) bytes = Buffer.concat([bytes], 2 * length);
    } else {
      if (until !== undefined && Date.now() >= until) throw new Problem('nobody wrote it to its end within two minutes');
      pause();
    }
  }
}

/** How many bytes came; undefined where there are none yet. */
function readSome(descriptor: number, into: Buffer): number | undefined {
  try {
    return readSync(descriptor, into);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN') return undefined;
    // So Windows says that whoever wrote has ended.
    if (code === 'EOF') return 0;
    throw error;
  }
}

function tooLong(most: number): Problem {
  return new Problem(`it has more than ${most / 1e6} MB`);
}

function pause() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
}
