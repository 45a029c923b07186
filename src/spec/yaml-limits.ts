import {
  type Alias,
  CST,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/** A file that is nested deeper than this is not read: the definition that is made of it has some levels more, and Azure takes none so deep. */
export const deepest = 200;

/** Where the tokens of a text are first nested deeper than that: what reads them after this calls itself for each level. */
export function tooDeepAt(tokens: readonly CST.Token[]): number | undefined {
  const waiting: { token: CST.Token | null | undefined; depth: number }[] = tokens
    .map((token) => ({ token, depth: 0 }))
    .reverse();
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    const { token, depth } = one;
    if (token?.type === 'document') waiting.push({ token: token.value, depth });
    if (!token || !CST.isCollection(token)) continue;
    if (depth >= deepest) return token.offset;
    for (const { key, value } of token.items.toReversed())
      for (const inner of [value, key]) waiting.push({ token: inner, depth: depth + 1 });
  }
  return undefined;
}

interface Unreadable {
  readonly node: Node;
  readonly message: string;
  readonly help?: string;
}

/** What one walk through a document finds. */
export interface DocumentFacts {
  /** Offsets of the keys that their group has already. */
  readonly doubles: readonly number[];
  /** What no value of JSON can be made of, aliases that cannot be unfolded among them, each with the reason. */
  readonly unreadable: readonly Unreadable[];
  /** What the aliases stand for. */
  readonly targets: ReadonlyMap<Alias, Node>;
}

/** The tags that say what JSON has, and the one that says nothing. */
const ofJson: ReadonlySet<string> = new Set([
  '!',
  ...['map', 'seq', 'str', 'int', 'float', 'bool', 'null'].map((name) => `tag:yaml.org,2002:${name}`),
]);

/** Why no value of JSON can be made of a node, whatever is in it; undefined where one can. */
function foreignIn(node: Scalar | YAMLMap | YAMLSeq): Unreadable | undefined {
  const { tag } = node;
  // By the tag, or by `%YAML 1.1`, in which a date is no text.
  if (tag !== undefined && !ofJson.has(tag))
    return {
      node,
      message: `nothing can be made of the tag ${tag.replace('tag:yaml.org,2002:', '!!')}`,
      help: 'write a text, a number, true, false, null, a list or a group; a text that begins with ! stands in quotes',
    };
  if (!isScalar(node)) return undefined;
  const { value } = node;
  const isKnown = value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
  return isKnown
    ? undefined
    : { node, message: `${node.source ?? 'this'} is no value that JSON has`, help: 'put a text into quotes' };
}

/** Looks through a document in its order, in which an anchor is before its aliases. */
export function factsOf(contents: unknown): DocumentFacts {
  const doubles: number[] = [];
  const unreadable: Unreadable[] = [];
  const targets = new Map<Alias, Node>();
  const anchors = new Map<string, Node>();
  const around = new Set<unknown>();
  const visit = (node: unknown) => {
    if (isPair(node)) {
      visit(node.key);
      visit(node.value);
      return;
    }
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target) targets.set(node, target);
      if (!target) unreadable.push({ node, message: `nothing before *${node.source} is marked as &${node.source}` });
      else if (around.has(target))
        unreadable.push({
          node,
          message: `*${node.source} is within what it stands for, so that the file would never end`,
        });
      return;
    }
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return;
    const foreign = foreignIn(node);
    if (foreign !== undefined) unreadable.push(foreign);
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isScalar(node)) return;
    around.add(node);
    const keys = new Set<unknown>();
    for (const item of node.items) {
      if (isMap(node) && isPair(item) && isScalar(item.key)) {
        if (keys.has(item.key.value)) doubles.push(item.key.range?.[0] ?? 0);
        keys.add(item.key.value);
      }
      visit(item);
    }
    around.delete(node);
  };
  visit(contents);
  return { doubles, unreadable, targets };
}

/**
 * The value as JSON has it, of a document whose aliases can all be unfolded; each is the same value as what it stands for. The library's own
 * way looks for each anchor from the beginning of the document, and counts aliases that do no harm.
 */
export function unfolded(contents: unknown, targets: DocumentFacts['targets']): unknown {
  const made = new Map<unknown, unknown>();
  const make = (node: unknown): unknown => {
    if (isAlias(node)) return make(targets.get(node));
    if (isScalar(node)) return node.value;
    if (!isCollection(node)) return null;
    if (made.has(node)) return made.get(node);
    const value = isMap(node)
      ? Object.fromEntries(node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : '', make(value)]))
      : node.items.map(make);
    made.set(node, value);
    return value;
  };
  return make(contents);
}

/** More values than these stand in no spec, however often aliases repeat them. */
const mostValues = 100_000;

/** Whether a value without circles, its aliases unfolded, has more values or levels than a file can need. Each shared part is looked at once. */
export function isTooMuch(value: unknown): boolean {
  const known = new Map<object, { readonly count: number; readonly depth: number }>();
  const measure = (one: unknown): { readonly count: number; readonly depth: number } => {
    if (typeof one !== 'object' || one === null) return { count: 1, depth: 0 };
    const found = known.get(one);
    if (found) return found;
    let [count, depth] = [1, 0];
    for (const inner of Object.values(one)) {
      const part = measure(inner);
      [count, depth] = [count + part.count, Math.max(depth, part.depth + 1)];
    }
    known.set(one, { count, depth });
    return { count, depth };
  };
  const { count, depth } = measure(value);
  return count > mostValues || depth > deepest;
}
