import { DOMParser, type Element } from '@xmldom/xmldom';

/** The root element of an XML text. Throws an Error with the reason when it is not well formed. */
export function parseXml(text: string): Element {
  // The first complaint is enough; without this the parser writes some of them to the console.
  const onError = (_level: string, message: string) => {
    throw new Error(message.split('\n')[0]);
  };
  const root = new DOMParser({ onError }).parseFromString(text, 'text/xml').documentElement;
  if (!root) throw new Error('it has no element');
  return root;
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
