const isStart = /[\p{L}_:]/u;
const isInside = /[\p{L}\p{N}\p{M}_:.·-]/u;

/** A name that XML takes: every other character becomes `_x0020_`. Source: docs/facts/engine.md#xml. */
export function encodeXmlName(name: string): string {
  return [...name]
    .map((character, index) => {
      // What looks like an encoded character is encoded, so that the way back finds the same.
      const isEncoded = character === '_' && /^_x[\da-f]{4}(?:[\da-f]{4})?_/i.test(name.slice(name.indexOf(character, index)));
      return (index === 0 ? isStart : isInside).test(character) && !isEncoded ? character : encoded(character);
    })
    .join('');
}

function encoded(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `_x${code
    .toString(16)
    .toUpperCase()
    .padStart(code > 0xffff ? 8 : 4, '0')}_`;
}

export function decodeXmlName(name: string): string {
  return name.replaceAll(/_x([\da-f]{8}|[\da-f]{4})_/gi, (found, code) => {
    const point = Number.parseInt(code, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : found;
  });
}
