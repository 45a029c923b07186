import { crc32, deflateRawSync } from 'node:zlib';

export interface RawEntry {
  readonly name: string;
  readonly contents: string | Uint8Array;
  /** Unix mode, such as 0o120777 of a symbolic link. */
  readonly mode?: number;
  /** What the headers say of the size, where it is not the truth. */
  readonly claimedSize?: number;
  readonly flags?: number;
  /** Instead of the right checksum. */
  readonly checksum?: number;
}

/** A zip made byte by byte, so that it can be as wrong as a test needs. */
export function rawZip(entries: readonly RawEntry[]): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, contents, mode = 0o100644, claimedSize, flags = 0x800, checksum } of entries) {
    const data = Buffer.from(contents);
    const packed = deflateRawSync(data);
    const [path, size] = [Buffer.from(name), claimedSize ?? data.length];
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(checksum ?? crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, path, packed]);
    const end = Buffer.alloc(14);
    end.writeUInt32LE((mode << 16) >>> 0, 4);
    end.writeUInt32LE(offset, 8);
    // The comment's length, disk and internal attributes come before the mode.
    central.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 3]), common, Buffer.alloc(2), end.subarray(0, 12), path]),
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const tail = Buffer.alloc(18);
  tail.writeUInt16LE(entries.length, 4);
  tail.writeUInt16LE(entries.length, 6);
  tail.writeUInt32LE(directory.length, 8);
  tail.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\u0005\u0006'), tail]);
}
