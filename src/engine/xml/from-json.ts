import { DOMImplementation, type Document, type Element } from '@xmldom/xmldom';
import { refuse } from '../refusal.ts';
import { asText } from '../values/text.ts';
import { type Group, isGroup, isList, type Value } from '../values/value.ts';

/** A group of one member as an XML document, the way back of `xmlToJson`. Refuses several roots, a list as root, and names that XML has not. */
export function jsonToXml(group: Group): Document {
  const document = new DOMImplementation().createDocument(null, '');
  const roots = Object.entries(group).filter(([name]) => !name.startsWith('?'));
  const [root, ...others] = roots;
  if (!root || others.length > 0 || isList(root[1]))
    refuse('XML has exactly one root: the object must have one property, which is no array.');
  const declared = group['?xml'];
  if (isGroup(declared)) {
    const words = Object.entries(declared).map(([name, value]) => `${name.slice(1)}="${asText(value)}"`);
    document.appendChild(document.createProcessingInstruction('xml', words.join(' ')));
  }
  document.appendChild(elementOf(document, ...root));
  return document;
}

function elementOf(document: Document, name: string, value: Value): Element {
  const element = named(name, () => document.createElement(name));
  if (!isGroup(value)) {
    const text = scalar(value);
    if (text !== '') element.appendChild(document.createTextNode(text));
    return element;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (key.startsWith('@')) named(key, () => element.setAttribute(key.slice(1), scalar(inner)));
    else if (key === '#text') element.appendChild(document.createTextNode(scalar(inner)));
    else if (key === '#cdata-section') element.appendChild(document.createCDATASection(scalar(inner)));
    else for (const one of isList(inner) ? inner : [inner]) element.appendChild(elementOf(document, key, one));
  }
  return element;
}

/** XML writes true in small letters. */
function scalar(value: Value): string {
  return typeof value === 'boolean' ? String(value) : asText(value);
}

function named<Made>(name: string, make: () => Made): Made {
  try {
    return make();
  } catch {
    return refuse(`'${name.slice(0, 60)}' is no name of XML.`);
  }
}
