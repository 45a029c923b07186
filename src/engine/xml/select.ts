import { type Node, XMLSerializer } from '@xmldom/xmldom';
import { select } from 'xpath';
import { Refusal, refuse } from '../refusal.ts';
import { content } from '../values/content.ts';
import { float } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import { documentOf } from './document.ts';

/** What an XPath finds: a list of nodes, where attributes and texts are text, or the one value that it works out. */
export function selectXml(xml: Value, expression: string): Value {
  const document = documentOf(xml);
  let found: ReturnType<typeof select>;
  try {
    found = select(expression, document);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    refuse(`The XPath '${expression.slice(0, 60)}' is not valid: ${(error as Error).message.slice(0, 100)}`);
  }
  if (typeof found === 'number') return Number.isFinite(found) ? float(found) : String(found);
  return Array.isArray(found) ? found.map(nodeValue) : found;
}

function nodeValue(node: Node): Value {
  const isElement = node.nodeType === node.ELEMENT_NODE || node.nodeType === node.DOCUMENT_NODE;
  return isElement
    ? content('application/xml;charset=utf-8', new XMLSerializer().serializeToString(node))
    : (node.nodeValue ?? '');
}
