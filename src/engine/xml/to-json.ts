import type { Attr, Document, Element, Node } from '@xmldom/xmldom';
import { groupOf } from '../values/json.ts';
import type { Value } from '../values/value.ts';

/**
 * An XML document as JSON: attributes have an `@` before their name, elements of one name in one place are a list, an element with
 * text alone is that text. Source: docs/facts/engine.md#xml.
 */
export function xmlToJson(document: Document): Value {
  const members: [string, Value][] = [];
  for (const child of childrenOf(document)) {
    if (isElement(child)) members.push([child.nodeName, valueIn(child)]);
    else if (child.nodeType === child.PROCESSING_INSTRUCTION_NODE)
      members.push([`?${child.nodeName}`, declaration(child.nodeValue)]);
  }
  return groupOf(members);
}

/** The words of `<?xml version="1.0"?>`; another instruction is text. */
function declaration(text: string | null): Value {
  const words = [...(text ?? '').matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return words.length > 0 ? groupOf(words.map(([, name, one, other]) => [`@${name}`, one ?? other ?? ''])) : (text ?? '');
}

function valueIn(element: Element): Value {
  const attributes = [...element.attributes].map(({ nodeName, nodeValue }: Attr): [string, Value] => [
    `@${nodeName}`,
    nodeValue ?? '',
  ]);
  const lists = new Map<string, Value[]>();
  const forced = new Set<string>();
  for (const child of childrenOf(element)) {
    const [name, value] = memberOf(child) ?? [];
    if (name === undefined || value === undefined) continue;
    lists.set(name, [...(lists.get(name) ?? []), value]);
    if (isElement(child) && child.getAttribute('json:Array') === 'true') forced.add(name);
  }
  if (attributes.length === 0 && lists.size === 0) return element.firstChild ? '' : null;
  const texts = lists.get('#text');
  if (texts?.length === 1 && lists.size === 1 && attributes.length === 0) return texts[0] ?? '';
  const members = [...lists].map(([name, values]): [string, Value] => [
    name,
    values.length > 1 || forced.has(name) ? values : (values[0] ?? null),
  ]);
  return groupOf([...attributes, ...members]);
}

function memberOf(node: Node): [name: string, value: Value] | undefined {
  if (isElement(node)) return [node.nodeName, valueIn(node)];
  if (node.nodeType === node.CDATA_SECTION_NODE) return ['#cdata-section', node.nodeValue ?? ''];
  const isText = node.nodeType === node.TEXT_NODE && node.nodeValue?.trim() !== '';
  return isText ? ['#text', node.nodeValue ?? ''] : undefined;
}

function isElement(node: Node): node is Element {
  return node.nodeType === node.ELEMENT_NODE;
}

function childrenOf(node: Node): Node[] {
  const found: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}
