import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/document/decode.ts';
import { isDeeperThan, parseJson } from '../../src/document/parse-json.ts';

const text = '{"ä":"€𝄞"}';
const little = Buffer.from(text, 'utf16le');
const big = Buffer.from(little).swap16();

describe('decodeText', () => {
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 LE', little],
    ['UTF-16 LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), little])],
    ['UTF-16 BE', big],
    ['UTF-16 BE with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), big])],
  ])('reads %s', (_, bytes) => {
    expect(decodeText(bytes)).toBe(text);
  });

  it('takes no text and no bytes as they come', () => {
    expect(decodeText(new Uint8Array())).toBe('');
    expect(decodeText(new Uint8Array([0]))).toBe('\0');
    expect(decodeText(new Uint8Array([0x7b, 0xff, 0x7d]))).toBe('{\ufffd}');
  });
});

describe('parseJson', () => {
  it('takes strict JSON, comments and trailing commas', () => {
    expect(parseJson('{"a":[1,2]}')).toEqual({ value: { a: [1, 2] } });
    expect(parseJson('// c\n{"a":[1,2,],/* d */}')).toEqual({ value: { a: [1, 2] } });
    expect(parseJson('{"a":1e999}')).toEqual({ value: { a: Number.POSITIVE_INFINITY } });
  });

  it('says what is wrong, and where', () => {
    expect(parseJson('{"a":1 "b":2}')).toEqual({ problem: { message: 'comma expected', offset: 7 } });
    expect(parseJson('')).toMatchObject({ problem: { message: 'value expected' } });
  });

  it('survives 100,000 levels, strict and not', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const strict = parseJson(deep);
    expect('value' in strict && isDeeperThan(strict.value, 250)).toBe(true);
    expect(parseJson(`//\n${deep}`)).toEqual({ problem: { message: 'it is nested too deep', offset: 0 } });
    expect(parseJson('['.repeat(100_000))).toHaveProperty('problem');
  });

  it('counts levels', () => {
    expect(isDeeperThan([[1], { a: [] }], 2)).toBe(false);
    expect(isDeeperThan([[1], { a: [] }], 1)).toBe(true);
    expect(isDeeperThan(1, 0)).toBe(false);
  });
});
