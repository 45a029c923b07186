import type { KeyCredential } from '@microsoft/microsoft-graph-types';
import { describe, expect, test } from 'vitest';
import { readMark, rotationMark } from '../../src/setup/rotate/mark.ts';
import { isSideBySide, oldEntries, type UsedElsewhere } from '../../src/setup/rotate/rotation.ts';

const since = new Date('2026-01-05T06:00:00Z');
const pair = { vault: 'kv-contoso-dev', certificate: 'sharepoint-cert' };

describe('the mark of a rotation', () => {
  test('names vault and certificate, in at most 90 characters, and is read again', () => {
    expect(rotationMark(pair, since)).toBe('certflow rotate: kv-contoso-dev/sharepoint-cert 2026-01-05T06:00Z');
    const long = { vault: 'v'.repeat(24), certificate: 'c'.repeat(127) };
    for (const one of [pair, long]) {
      const mark = rotationMark(one, since);
      expect(mark.length).toBeLessThanOrEqual(90);
      expect(readMark(mark, one)).toEqual({ kind: 'own', since: since.getTime() });
    }
  });

  test('tells apart what differs in one of the two, in any place', () => {
    const long = { vault: 'kv-contoso-dev', certificate: `${'a'.repeat(110)}-one` };
    const others = [
      [pair, { ...pair, vault: 'kv-contoso-prod' }],
      [pair, { ...pair, certificate: 'other-cert' }],
      [long, { ...long, certificate: `${'a'.repeat(110)}-two` }],
      [long, { ...long, vault: 'kv-contoso-prod' }],
    ] as const;
    for (const [one, other] of others) expect(readMark(rotationMark(other, since), one)).toEqual({ kind: 'other' });
  });

  test('case does not count, as in Key Vault', () => {
    const shouted = { vault: 'KV-Contoso-Dev', certificate: 'SharePoint-Cert' };
    expect(readMark(rotationMark(shouted, since), pair)).toMatchObject({ kind: 'own' });
  });

  test('of an earlier certflow names no vault, and other names are none', () => {
    expect(readMark('certflow rotate: sharepoint-cert', pair)).toEqual({ kind: 'without a vault' });
    const long = { ...pair, certificate: 'c'.repeat(127) };
    expect(readMark(`certflow rotate: ${'c'.repeat(73)}`, long)).toEqual({ kind: 'without a vault' });
    for (const name of ['CN=HR lists reader', 'certflow rotate: other-cert', '', null])
      expect(readMark(name, pair)).toBeUndefined();
  });
});

/** 20 bytes of one letter, as vaults and as Graph write them. */
const thumbprint = (letter: string) => Buffer.from(letter.repeat(20)).toString('base64url');
const entry = (letter: string, displayName: string): KeyCredential =>
  ({ keyId: letter, displayName, customKeyIdentifier: Buffer.from(letter.repeat(20)).toString('base64') }) as never;
const version = (letter: string) => ({
  version: letter,
  thumbprint: thumbprint(letter),
  created: since.getTime(),
  isEnabled: true,
  isMadeHere: true,
});

function judged(keyCredentials: readonly KeyCredential[], usedElsewhere: UsedElsewhere = () => undefined, hours = 48) {
  const now = new Date(since.getTime() + hours * 3_600_000);
  const versions = [version('n'), version('o'), version('p')];
  return oldEntries({ pair, keyCredentials, versions, usedElsewhere, now });
}

const fates = (...all: Parameters<typeof judged>) => judged(...all).map(({ entry: { keyId }, fate }) => `${keyId} ${fate}`);

describe('what is old on an app registration', () => {
  test('is an earlier version of this vault, however it is named, but not with the mark of another pair', () => {
    const other = rotationMark({ ...pair, vault: 'kv-contoso-prod' }, since);
    expect(fates([entry('n', 'CN=x'), entry('o', 'CN=x'), entry('p', 'certflow rotate: sharepoint-cert')])).toEqual([
      'o goes',
      'p goes',
    ]);
    expect(fates([entry('n', ''), entry('o', other), entry('x', other), entry('y', 'CN=x')])).toEqual([]);
  });

  test('is what a rotation left; not while it may be under way', () => {
    const left = [entry('n', ''), entry('x', rotationMark(pair, since))];
    expect(fates(left)).toEqual(['x goes']);
    expect(fates(left, undefined, 0.5)).toEqual(['x stays']);
    expect(judged(left)[0]?.why).toBe('a rotation that began at 2026-01-05T06:00:00.000Z was broken off: nobody has its key');
  });

  test('an old mark does not make it this vault’s', () => {
    const [one] = judged([entry('n', ''), entry('x', 'certflow rotate: sharepoint-cert')]);
    expect([one?.fate, one?.why]).toEqual(['stays', expect.stringContaining('for a vault that it did not name')]);
  });

  test('stays where another environment signs in with it, and is then no reason not to rotate', () => {
    const old = judged([entry('n', ''), entry('o', '')], (one) =>
      one === thumbprint('o') ? 'prod signs in with it' : undefined,
    );
    expect(old).toMatchObject([{ fate: 'stays', why: 'prod signs in with it' }]);
    expect([isSideBySide(old), isSideBySide(judged([entry('n', ''), entry('o', '')]))]).toEqual([false, true]);
  });
});
