import { type Box, layOut } from '../../src/picture/layout.ts';
import { outlineOf } from '../../src/picture/outline.ts';
import { textWidth } from '../../src/picture/text.ts';

/** Boxes that overlap without one standing in the other, and texts that are wider than their card. */
export function faultsOf(definition: unknown): string[] {
  const { boxes } = layOut(outlineOf(definition, () => undefined));
  const holds = (a: Box, b: Box) =>
    a.x <= b.x && a.y <= b.y && a.x + a.width >= b.x + b.width && a.y + a.height >= b.y + b.height;
  const isInside = ({ card: { pointer } }: Box, of: Box) => pointer.startsWith(`${of.card.pointer}/`);
  const apart = (a: Box, b: Box) =>
    a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
  const found: string[] = [];
  for (const [index, one] of boxes.entries()) {
    if (Math.max(textWidth(one.name, 14), textWidth(one.kind, 12)) + 12 > one.width) found.push(`${one.name} is too wide`);
    for (const other of boxes.slice(index + 1)) {
      const isRight = isInside(other, one) ? holds(one, other) : isInside(one, other) ? holds(other, one) : apart(one, other);
      if (!isRight) found.push(`${one.card.pointer} and ${other.card.pointer}`);
    }
  }
  return found;
}
