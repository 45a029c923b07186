import { DOMParser, type Element, type Node, XMLSerializer } from '@xmldom/xmldom';

/** The root element of an XML text. Throws an Error with the reason when it is not well formed. */
export function parseXml(text: string): Element {
  // The first complaint is enough; without this the parser writes some of them to the console.
  let complaint: string | undefined;
  const onError = (_level: string, message: string) => {
    // A character like any other, though it often tells of a wrong encoding.
    if (message.startsWith('Unicode replacement character')) return;
    complaint ??= message.split('\n')[0];
    throw new Error(complaint);
  };
  try {
    const root = new DOMParser({ onError }).parseFromString(text, 'text/xml').documentElement;
    if (root) return root;
  } catch (error) {
    // The parser tells of an error that ended it in an error of its own.
    throw complaint === undefined ? error : new Error(complaint, { cause: error });
  }
  throw new Error('it has no element');
}

/** The text of an element's first child of a name, or undefined. */
export function childText(element: Element, name: string): string | undefined {
  return childNamed(element, name)?.textContent?.trim();
}

export function childNamed(element: Element, name: string): Element | undefined {
  for (let child = element.firstChild; child; child = child.nextSibling) {
    if (child.nodeName === name) return child as Element;
  }
  return undefined;
}

/** The children of an element's first child of a name: `childrenIn(root, 'Workflows', 'Workflow')`. */
export function childrenIn(element: Element, list: string, name: string): Element[] {
  const found: Element[] = [];
  for (let child = childNamed(element, list)?.firstChild; child; child = child.nextSibling) {
    if (child.nodeName === name) found.push(child as Element);
  }
  return found;
}

/** A copy of an element of whatever document, put in before a child, or at the end. */
export function insertCopy(parent: Element, element: Element, before: Node | null): Element {
  const { ownerDocument } = parent;
  if (!ownerDocument) throw new Error(`<${parent.nodeName}> is in no document`);
  const copy = ownerDocument.importNode(element, true);
  parent.insertBefore(copy, before);
  return copy;
}

export function appendCopy(parent: Element, element: Element): Element {
  return insertCopy(parent, element, null);
}

/**
 * The text of an element's document. Elements of which only the skeleton is known stand indented; what was read keeps its form,
 * and its byte order mark and declaration where it had them.
 */
export function serializeXml(root: Element): string {
  return new XMLSerializer().serializeToString(root.ownerDocument ?? root);
}

/** Puts every element on a line of its own, two spaces further in than the one around it. */
export function indent(element: Element, before = '\n') {
  const children: Element[] = [];
  let isText = false;
  for (let child = element.firstChild; child; child = child.nextSibling) {
    if (child.nodeType === child.ELEMENT_NODE) children.push(child as Element);
    else if (child.nodeValue?.trim() !== '') isText = true;
  }
  const document = element.ownerDocument;
  if (isText || children.length === 0 || !document) return;
  while (element.firstChild) element.removeChild(element.firstChild);
  for (const child of children) {
    element.appendChild(document.createTextNode(`${before}  `));
    element.appendChild(child);
    indent(child, `${before}  `);
  }
  element.appendChild(document.createTextNode(before));
}
