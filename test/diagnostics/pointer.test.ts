import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromPointer, toPointer } from '../../src/json/pointer.ts';

test('RFC 6901, section 5', () => {
  expect(toPointer(['a/b'])).toBe('/a~1b');
  expect(toPointer(['m~n'])).toBe('/m~0n');
  expect(toPointer(['foo', 0, ''])).toBe('/foo/0/');
  expect(fromPointer('')).toEqual([]);
});

test('keys come back from a pointer', () => {
  const key = fc.oneof(fc.string(), fc.constantFrom('~1', '~0', '/~', '~01'));
  fc.assert(
    fc.property(fc.array(key), (keys) => {
      expect(fromPointer(toPointer(keys))).toEqual(keys);
    }),
  );
});
