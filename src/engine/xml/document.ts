import { DOMParser, type Document, XMLSerializer } from '@xmldom/xmldom';
import { deepest } from '../../definition/walk.ts';
import { notRun, refuse } from '../refusal.ts';
import { utf8 } from '../values/bytes.ts';
import { bytesIn, content } from '../values/content.ts';
import type { Group, Value } from '../values/value.ts';

const type = 'application/xml;charset=utf-8';

/** The document of an XML text. Refuses what is not well formed, and a document type: entities are how XML attacks. */
export function readXml(text: string): Document {
  if (/<!DOCTYPE/i.test(text)) notRun('XML with a document type');
  if (depthOf(text) > deepest) notRun(`XML that is nested more than ${deepest} levels deep`);
  let problem = 'it has no element';
  // The parser puts words of its own around what is thrown here.
  const onError = (_level: string, message: string): never => {
    problem = message.split('\n')[0]?.slice(0, 200) ?? problem;
    throw new Error(problem);
  };
  try {
    return new DOMParser({ onError }).parseFromString(text.replace(/^\uFEFF/, '').trimStart(), 'text/xml');
  } catch {
    return refuse(`The text is no XML: ${problem}`);
  }
}

/** How deep the elements of a text are nested, roughly: parsers and writers call themselves for every level. */
function depthOf(text: string): number {
  let [depth, most] = [0, 0];
  for (const [tag] of text.matchAll(/<(?:!--|[/?!]?[^>]*>)/g)) {
    if (tag.startsWith('</')) depth -= 1;
    else if (!/^<[?!]/.test(tag) && !tag.endsWith('/>')) depth += 1;
    most = Math.max(most, depth);
  }
  return most;
}

/** XML as the language carries it. */
export function xmlContent(document: Document): Group {
  return content(type, new XMLSerializer().serializeToString(document));
}

/** The document of a value: of content, or of a text. */
export function documentOf(value: Value): Document {
  const bytes = bytesIn(value);
  if (bytes) return readXml(utf8(bytes));
  return typeof value === 'string' ? readXml(value) : refuse('The value is no XML.');
}
