import { describe, expect, it } from 'vitest';
import { textOf } from '../../src/document/file-tree.ts';
import { isZip, unzip, ZipError } from '../../src/document/unzip.ts';
import { type RawEntry, rawZip } from './raw-zip.ts';

const all = { name: 'p.zip', wanted: () => true };
const sound: RawEntry = { name: 'Workflows/x.json', contents: '{"a":1}' };

describe('unzip', () => {
  it('gives paths and contents, and names files with the zip', async () => {
    const tree = await unzip(rawZip([sound, { name: 'b/', contents: '' }, { name: 'b/ü.json', contents: '[]' }]), all);
    expect(tree.paths).toEqual(['Workflows/x.json', 'b/ü.json']);
    expect(textOf(tree, 'Workflows/x.json')).toBe('{"a":1}');
    expect(tree.displayName('b/ü.json')).toBe('p.zip!b/ü.json');
  });

  it('reads backslashes as slashes, also where both stand', async () => {
    const tree = await unzip(
      rawZip([
        { name: 'a\\', contents: '' },
        { name: 'a\\b/c\\x.json', contents: '{}' },
      ]),
      all,
    );
    expect(tree.paths).toEqual(['a/b/c/x.json']);
    expect(tree.displayName('a/b/c/x.json')).toBe('p.zip!a/b/c/x.json');
  });

  it('unpacks only what is wanted', async () => {
    const tree = await unzip(rawZip([sound, { name: 'a.png', contents: 'x' }]), {
      ...all,
      wanted: (path) => path.endsWith('.json'),
    });
    expect(tree.has('a.png')).toBe(true);
    expect(tree.bytes('a.png')).toBeUndefined();
  });

  const hostile: [string, RawEntry[], RegExp][] = [
    ['a path out of the folder', [{ name: '../x.json', contents: '{}' }], /leads out of the folder/],
    ['a path out of a folder inside', [{ name: 'a/../../x.json', contents: '{}' }], /leads out of the folder/],
    ['an absolute path', [{ name: '/etc/x.json', contents: '{}' }], /absolute path/],
    ['a drive letter', [{ name: 'C:/x.json', contents: '{}' }], /absolute path/],
    ['a path out of the folder with backslashes', [{ name: 'a\\..\\..\\x.json', contents: '{}' }], /leads out of the folder/],
    ['an absolute path with a backslash', [{ name: '\\etc\\x.json', contents: '{}' }], /absolute path/],
    ['a share', [{ name: '\\\\host\\share\\x.json', contents: '{}' }], /absolute path/],
    ['one name in two spellings', [sound, { ...sound, name: 'Workflows\\x.json' }], /two entries named "Workflows\/x\.json"/],
    ['a symbolic link', [{ name: 'x.json', contents: '/etc/passwd', mode: 0o120777 }], /symbolic link/],
    [
      'one name with steps that go nowhere',
      [sound, { ...sound, name: './Workflows//.\\x.json' }],
      /two entries named "Workflows\/x\.json"/,
    ],
    ['two entries of a name', [sound, { ...sound, contents: '{}' }], /two entries named "Workflows\/x\.json"/],
    ['a bomb', [{ name: 'x.json', contents: Buffer.alloc(5_000_000) }], /more than 250 times/],
    ['an encrypted entry', [{ ...sound, flags: 0x801 }], /encrypted/],
    ['a wrong checksum', [{ ...sound, checksum: 1 }], /the zip is damaged/],
    ['an entry larger than its header says', [{ name: 'x.json', contents: 'x'.repeat(5000), claimedSize: 10 }], /zip/],
    ['an entry smaller than its header says', [{ name: 'x.json', contents: 'x', claimedSize: 10_000 }], /zip/],
  ];
  it.each(hostile)('refuses %s', async (_, entries, message) => {
    const error = await unzip(rawZip(entries), all).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ZipError);
    expect((error as ZipError).message).toMatch(message);
  });

  it('refuses more entries and more bytes than the limits', async () => {
    const many = rawZip(Array.from({ length: 30 }, (_, index) => ({ name: `${index}.json`, contents: 'xxxxxxxxxx' })));
    const limits = { entries: 20, bytes: 1000, ratio: 250 };
    await expect(unzip(many, { ...all, limits })).rejects.toThrow(/more than 20 entries/);
    await expect(unzip(many, { ...all, limits: { ...limits, entries: 50, bytes: 100 } })).rejects.toThrow(ZipError);
    // What zips around it have taken counts too.
    const few = { ...limits, entries: 50 };
    const used = { entries: 15, bytes: 500 };
    await expect(unzip(many, { ...all, limits: few, used })).resolves.toBeDefined();
    expect(used).toEqual({ entries: 45, bytes: 800 });
    await expect(unzip(many, { ...all, limits: few, used })).rejects.toThrow(/more than 50 entries/);
  });

  it('refuses a zip cut off anywhere, with a ZipError and nothing else', async () => {
    const whole = rawZip([sound, { name: 'b.json', contents: 'b'.repeat(300) }]);
    for (let length = 4; length < whole.length; length++) {
      await expect(unzip(whole.slice(0, length), all), `cut at ${length}`).rejects.toThrow(ZipError);
    }
  });

  it('refuses or reads a zip with any one byte changed, and never fails otherwise', async () => {
    const whole = rawZip([sound]);
    for (let index = 0; index < whole.length; index++) {
      const changed = whole.slice();
      changed[index] = (changed[index] ?? 0) ^ 0xff;
      const result = await unzip(changed, all).catch((error: unknown) => error);
      expect(result instanceof ZipError || typeof result === 'object', `byte ${index}: ${result}`).toBe(true);
      if (result instanceof Error) expect(result).toBeInstanceOf(ZipError);
    }
  });

  it('knows a zip by its first bytes', () => {
    expect(isZip(rawZip([sound]))).toBe(true);
    expect(isZip(rawZip([]))).toBe(true);
    expect(isZip(new TextEncoder().encode('{"PK":1}'))).toBe(false);
    expect(isZip(new Uint8Array())).toBe(false);
  });
});
