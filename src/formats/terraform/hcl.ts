import { Language, type Node, Parser } from 'web-tree-sitter';
import { grammar, runtime } from '../../generated/hcl-grammar.ts';

/** Stands in a text for what only Terraform works out; a value that is this alone is open as a whole. */
export const open = '\ue000';

/** What `jsonencode` makes a text of. */
export class Encoded {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  /** JSON values, with `open` where one is not written out. */
  readonly attributes: ReadonlyMap<string, unknown>;
  /** The attributes as they are written. */
  readonly written: ReadonlyMap<string, string>;
  readonly blocks: readonly Block[];
}

let parser: Promise<Parser> | undefined;

/** The blocks of a text in HCL. Undefined where it is none. Source: the grammar of tree-sitter-hcl. */
export async function parseHcl(text: string): Promise<Block[] | undefined> {
  parser ??= load();
  const tree = (await parser).parse(text);
  try {
    return tree && !tree.rootNode.hasError ? blocksIn(tree.rootNode.firstNamedChild) : undefined;
  } finally {
    tree?.delete();
  }
}

async function load(): Promise<Parser> {
  await Parser.init({ wasmBinary: bytesOf(runtime) });
  const loaded = new Parser();
  loaded.setLanguage(await Language.load(bytesOf(grammar)));
  return loaded;
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function childrenOf(node: Node | null, type: string): Node[] {
  return (node?.namedChildren ?? []).filter((child) => child.type === type);
}

function blocksIn(body: Node | null): Block[] {
  return childrenOf(body, 'block').map((block) => {
    const [type, ...labels] = block.namedChildren.filter((child) => child.type === 'identifier' || child.type === 'string_lit');
    const [inner = null] = childrenOf(block, 'body');
    const attributes = childrenOf(inner, 'attribute').map(({ firstNamedChild: name, lastNamedChild: value }) => ({
      name: name?.text ?? '',
      value,
    }));
    const label = (node: Node) => (node.type === 'identifier' ? node.text : String(jsonValue(node)));
    return {
      type: type?.text ?? '',
      labels: labels.map(label),
      attributes: new Map(attributes.map(({ name, value }) => [name, jsonValue(value)])),
      written: new Map(attributes.map(({ name, value }) => [name, value?.text ?? ''])),
      blocks: blocksIn(inner),
    };
  });
}

function jsonValue(node: Node | null): unknown {
  if (!node) return open;
  const [first = null, ...more] = node.namedChildren;
  switch (node.type) {
    case 'expression':
    case 'literal_value':
    case 'template_expr':
    case 'collection_value':
      return more.length === 0 ? jsonValue(first) : open;
    case 'numeric_lit':
      return Number(node.text);
    case 'bool_lit':
      return node.text === 'true';
    case 'null_lit':
      return null;
    case 'string_lit':
    case 'quoted_template':
      return textOf(node, unescaped);
    case 'heredoc_template':
      return textOf(node, (text) => text);
    case 'tuple':
      return childrenOf(node, 'expression').map(jsonValue);
    case 'object':
      return objectOf(node);
    case 'function_call':
      return callOf(node);
    default:
      return open;
  }
}

/** Interpolations and directives are open; `$${` and `%%{` write what would begin them. */
function textOf(node: Node, read: (text: string) => string): string {
  return node.namedChildren
    .map((part) => {
      if (part.type === 'template_literal') return read(part.text).replaceAll('$${', '${').replaceAll('%%{', '%{');
      return part.type === 'template_interpolation' || part.type === 'template_directive' ? open : '';
    })
    .join('');
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

function unescaped(text: string): string {
  return text.replaceAll(/\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/g, (all, short?: string, long?: string, one?: string) =>
    one === undefined
      ? String.fromCodePoint(Math.min(0x10_ffff, Number.parseInt(short ?? long ?? '', 16)))
      : (escapes[one] ?? all),
  );
}

/** Open as a whole where a key is. */
function objectOf(node: Node): unknown {
  const members = childrenOf(node, 'object_elem').map((element): [string | undefined, unknown] => [
    keyOf(element.childForFieldName('key')),
    jsonValue(element.childForFieldName('val')),
  ]);
  return members.some(([key]) => key === undefined || key.includes(open)) ? open : Object.fromEntries(members);
}

function keyOf(node: Node | null): string | undefined {
  const [only, ...more] = node?.namedChildren ?? [];
  if (!only || more.length > 0) return undefined;
  if (only.type === 'variable_expr') return only.text;
  const value = jsonValue(only);
  return typeof value === 'string' ? value : undefined;
}

function callOf(node: Node): unknown {
  const [argument, ...more] = childrenOf(childrenOf(node, 'function_arguments')[0] ?? null, 'expression');
  if (!argument || more.length > 0) return open;
  return node.firstNamedChild?.text === 'jsonencode' ? new Encoded(jsonValue(argument)) : open;
}
