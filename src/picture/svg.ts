import { font, type Layout } from './layout.ts';
import type { Mark } from './outline.ts';

const colours = `
svg{--paper:#fff;--card:#f6f8fa;--ink:#1f2328;--soft:#59636e;--edge:#8c959f;--sign-in:#0969da;--secret:#8250df;--leak:#cf222e;--missed:#bc4c00}
@media (prefers-color-scheme:dark){svg{--paper:#0d1117;--card:#161b22;--ink:#f0f6fc;--soft:#9198a1;--edge:#6e7681;--sign-in:#4493f8;--secret:#ab7df8;--leak:#f85149;--missed:#db6d28}}
text{font-family:system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:var(--ink)}
.paper{fill:var(--paper)}
.card{fill:var(--card);stroke:var(--edge);stroke-width:1}
.group{fill:none;stroke-dasharray:4 3}
.sign-in{stroke:var(--sign-in);stroke-width:2}
.secret{stroke:var(--secret);stroke-width:2}
.leak{stroke:var(--leak);stroke-width:3}
.missed{stroke:var(--missed);stroke-width:2;stroke-dasharray:2 3}
.kind,.title{fill:var(--soft)}
.title{paint-order:stroke;stroke:var(--paper);stroke-width:4px}
text.sign-in,text.secret,text.leak{stroke:none}
text.sign-in{fill:var(--sign-in)}
text.secret{fill:var(--secret)}
text.leak{fill:var(--leak)}
.way{fill:none;stroke:var(--edge);stroke-width:1.5}
.end{fill:var(--edge)}
`;

const signs: Readonly<Record<Mark, string>> = { leak: 'shows a secret', secret: 'handles the secret', 'sign-in': 'signs in' };

/** A picture in SVG that stands alone, for light and dark pages; `title` says what it is of. Every text in it is escaped. */
export function toSvg({ width, height, boxes, titles, ways }: Layout, title: string): string {
  const [w, h] = [Math.ceil(Math.max(width, 1)), Math.ceil(Math.max(height, 1))];
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${colours}</style>`,
    '<defs><marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="end" d="M0 0L8 4L0 8z"/></marker></defs>',
    `<rect class="paper" width="${w}" height="${h}"/>`,
    ...boxes.filter(({ isGroup }) => isGroup).map(cardOf),
    ...ways.map(({ points, label, isMissed, at }) => {
      const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${number(x)} ${number(y)}`).join('');
      const text = label === '' ? '' : textOf(at.x, at.y + 4, font.title, 'title', label, 'middle');
      return `<path class="way${isMissed ? ' missed' : ''}" d="${path}" marker-end="url(#end)"/>${text}`;
    }),
    ...boxes.filter(({ isGroup }) => !isGroup).map(cardOf),
    ...titles.map(({ x, y, text }) => textOf(x, y + 4, font.title, 'title', text)),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

function cardOf({ card, name, kind, x, y, width, height, isGroup }: Layout['boxes'][number]): string {
  const { mark } = card;
  const sign = mark ? ` · ${signs[mark]}` : '';
  return [
    `<g><title>${escaped(`${card.name}: ${card.kind}${sign}`)}</title>`,
    `<rect class="card${isGroup ? ' group' : ''}${mark ? ` ${mark}` : ''}${card.isMissed ? ' missed' : ''}" x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" rx="6"/>`,
    textOf(x + 12, y + 22, font.name, mark ?? '', name),
    textOf(x + 12, y + 40, font.kind, 'kind', kind),
    '</g>',
  ].join('');
}

function textOf(x: number, y: number, size: number, kind: string, text: string, anchor = 'start'): string {
  return `<text${kind === '' ? '' : ` class="${kind}"`} x="${number(x)}" y="${number(y)}" font-size="${size}" text-anchor="${anchor}">${escaped(text)}</text>`;
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** XML takes no control characters, not even escaped. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cs}\p{Cn}\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .replaceAll(/[&<>"']/g, (letter) => entities[letter] ?? '');
}
