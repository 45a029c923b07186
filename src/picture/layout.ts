import dagre from '@dagrejs/dagre';
import type { Branch, Card, Outline } from './outline.ts';
import { oneLine, textWidth } from './text.ts';

/** Sizes in pixels. */
export const font = { name: 14, kind: 12, title: 12 } as const;
const card = { least: 120, most: 300, padding: 12, height: 52 } as const;
const gap = 16;
const titleHeight = 22;

export interface Box {
  readonly card: Card;
  readonly name: string;
  readonly kind: string;
  /** Of the top left corner, from that of the picture. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Whether it holds others. */
  readonly isGroup: boolean;
}

export interface Title {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** A line between two boxes, through points; `label` stands at `at`. */
export interface Way {
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly label: string;
  readonly isMissed: boolean;
  readonly at: { readonly x: number; readonly y: number };
}

/** Boxes come after those that they stand in. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly titles: readonly Title[];
  readonly ways: readonly Way[];
}

/** Places everything: groups are laid out from inside, so that no box overlaps another and each holds its own. */
export function layOut({ triggers, actions }: Outline): Layout {
  const firsts = actions.cards.flatMap((_, index) => (actions.lines.some(({ to }) => to === index) ? [] : [index]));
  // Triggers stand above the actions that run first.
  const lines = triggers.flatMap((_, from) => firsts.map((to) => ({ from, to: to + triggers.length, states: '' })));
  const moved = actions.lines.map((line) => ({ ...line, from: line.from + triggers.length, to: line.to + triggers.length }));
  return branchLayout({ title: '', cards: [...triggers, ...actions.cards], lines: [...lines, ...moved] });
}

function branchLayout({ cards, lines }: Branch): Layout {
  if (cards.length === 0) return { width: 0, height: 0, boxes: [], titles: [], ways: [] };
  const inner = cards.map(cardLayout);
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: gap, ranksep: 2 * gap, edgesep: gap, marginx: gap, marginy: gap });
  for (const [index, { width, height }] of inner.entries()) graph.setNode(String(index), { width, height });
  for (const { from, to, states, isMissed = false } of lines) {
    const label = oneLine(states, font.title, card.most);
    graph.setEdge(String(from), String(to), {
      label,
      isMissed,
      ...(label !== '' && { width: textWidth(label, font.title), height: titleHeight, labelpos: 'c' }),
    });
  }
  dagre.layout(graph);
  const placed = inner.map((layout, index) => {
    const { x, y, width, height } = graph.node(String(index));
    return moveBy(layout, x - width / 2, y - height / 2);
  });
  const ways = graph.edges().map((edge: { v: string; w: string }): Way => {
    const {
      points = [],
      label = '',
      isMissed = false,
      x = 0,
      y = 0,
    } = graph.edge(edge) as Partial<Way> & { x?: number; y?: number };
    return { points, label, isMissed, at: { x, y } };
  });
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width,
    height,
    boxes: placed.flatMap(({ boxes }) => boxes),
    titles: placed.flatMap(({ titles }) => titles),
    ways: [...ways, ...placed.flatMap((one) => one.ways)],
  };
}

/** A card alone, or with its branches side by side below its name. */
function cardLayout(given: Card): Layout {
  const [name, kind] = [oneLine(given.name, font.name, card.most), oneLine(given.kind, font.kind, card.most)];
  const ofText = Math.max(textWidth(name, font.name), textWidth(kind, font.kind)) + 2 * card.padding;
  const branches = given.branches.map((branch) => ({
    title: oneLine(branch.title, font.title, card.most),
    ...branchLayout(branch),
  }));
  const hasTitles = branches.some(({ title }) => title !== '');
  const top = card.height + (hasTitles ? titleHeight : 0);
  const [boxes, titles, ways]: [Box[], Title[], Way[]] = [[], [], []];
  let x = 0;
  for (const { title, ...layout } of branches) {
    const width = Math.max(layout.width, textWidth(title, font.title) + 2 * gap);
    const moved = moveBy(layout, x + (width - layout.width) / 2, top);
    boxes.push(...moved.boxes);
    ways.push(...moved.ways);
    titles.push(...moved.titles);
    if (title !== '') titles.push({ text: title, x: x + gap, y: card.height + titleHeight / 2 });
    x += width;
  }
  const width = Math.max(card.least, ofText, x);
  const height = top + Math.max(0, ...branches.map((layout) => layout.height));
  const own: Box = { card: given, name, kind, x: 0, y: 0, width, height, isGroup: branches.length > 0 };
  return { width, height, boxes: [own, ...boxes], titles, ways };
}

function moveBy(layout: Layout, x: number, y: number): Layout {
  const move = <At extends { readonly x: number; readonly y: number }>(at: At): At => ({ ...at, x: at.x + x, y: at.y + y });
  return {
    ...layout,
    boxes: layout.boxes.map(move),
    titles: layout.titles.map(move),
    ways: layout.ways.map((way) => ({ ...way, points: way.points.map(move), at: move(way.at) })),
  };
}
