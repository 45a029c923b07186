import type { Branch, Card, Outline } from './outline.ts';

/** The same picture for pages that draw Mermaid: GitHub, Azure DevOps, wikis. Names are texts in quotes, whatever stands in them. */
export function toMermaid({ triggers, actions }: Outline): string {
  const lines = ['flowchart TD'];
  const marked = new Map<string, string[]>();
  let count = 0;
  const draw = (card: Card, indent: string): string => {
    const id = `n${count++}`;
    for (const mark of [card.mark, card.isMissed && 'missed']) if (mark) marked.set(mark, [...(marked.get(mark) ?? []), id]);
    if (card.branches.length === 0) {
      lines.push(`${indent}${id}["${quoted(card.name)}<br/>${quoted(card.kind)}"]`);
      return id;
    }
    lines.push(`${indent}subgraph ${id}["${quoted(card.name)}"]`);
    for (const branch of card.branches) {
      if (branch.title === '') drawBranch(branch, `${indent}  `);
      else {
        lines.push(`${indent}  subgraph n${count++}["${quoted(branch.title)}"]`);
        drawBranch(branch, `${indent}    `);
        lines.push(`${indent}  end`);
      }
    }
    lines.push(`${indent}end`);
    return id;
  };
  const drawBranch = ({ cards, lines: ways }: Branch, indent: string): string[] => {
    const ids = cards.map((card) => draw(card, indent));
    for (const { from, to, states, isMissed } of ways)
      lines.push(`${indent}${ids[from]} ${isMissed ? '-.->' : '-->'}${states === '' ? '' : `|"${quoted(states)}"|`} ${ids[to]}`);
    return ids;
  };
  const begins = triggers.map((trigger) => draw(trigger, '  '));
  const ids = drawBranch(actions, '  ');
  const firsts = ids.filter((_, index) => !actions.lines.some(({ to }) => to === index));
  for (const begin of begins) for (const first of firsts) lines.push(`  ${begin} --> ${first}`);
  for (const [mark, of] of [...marked].sort()) {
    const name = mark.replace('-', '_');
    const dashes = mark === 'missed' ? ',stroke-dasharray:2 3' : '';
    lines.push(`  classDef ${name} stroke:${strokes[mark]},stroke-width:2px${dashes}`, `  class ${of.join(',')} ${name}`);
  }
  return `${lines.join('\n')}\n`;
}

const strokes: Readonly<Record<string, string>> = { leak: '#cf222e', missed: '#bc4c00', secret: '#8250df', 'sign-in': '#0969da' };

/** Everything but letters, digits and a few signs as a code of Mermaid's own, so that nothing of it is syntax. */
function quoted(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ').slice(0, 120);
  return plain.replaceAll(/[^\p{L}\p{N} .,:/_-]/gu, (letter) => `#${letter.codePointAt(0)};`);
}
