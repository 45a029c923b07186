/** Width of a letter as parts of the size of the font, wide enough for the usual fonts without serifs. */
function widthOf(letter: string): number {
  if (/[\u1100-\u{10ffff}]/u.test(letter)) return 1.25;
  if (/[mwMW@%]/.test(letter)) return 1;
  if (/[A-Z_\u0080-\u10ff]/.test(letter)) return 0.8;
  return /[ijl.,:;'|!\s]/.test(letter) ? 0.4 : 0.64;
}

/** How wide a text is drawn at most, in the unit of the font's size. */
export function textWidth(text: string, size: number): number {
  let sum = 0;
  for (const letter of text) sum += widthOf(letter);
  return Math.ceil(sum * size);
}

/** A text on one line: control and bidi characters become blanks, and what is too wide is cut with `…`. */
export function oneLine(text: string, size: number, most: number): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ').trim();
  if (textWidth(plain, size) <= most) return plain;
  let cut = '';
  for (const letter of plain) {
    if (textWidth(`${cut}${letter}…`, size) > most) break;
    cut += letter;
  }
  return `${cut.trimEnd()}…`;
}
