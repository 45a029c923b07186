import type { Element } from '@xmldom/xmldom';
import { childNamed, insertCopy } from './xml.ts';

/**
 * Where in an element the values of a model stand, for reading and for writing: names of elements, and at the end perhaps an
 * attribute (`LocalizedNames/LocalizedName/@description`). The element with a `?` comes and goes with its value.
 */
export type Places<Model> = { readonly [Key in keyof Model]-?: string };

/** The values that stand in an element. */
export function readPlaces<Model extends object>(element: Element, places: Places<Model>): Model {
  const entries = Object.entries<string>(places).map(([key, place]) => [key, readPlace(element, stepsOf(place))] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Model;
}

/**
 * Puts values where they belong, and takes away what goes with a value that is not there. What is lacking in between is taken from
 * a skeleton, in the place that it has there; all else stays as it is.
 */
export function writePlaces<Model extends object>(element: Element, places: Places<Model>, values: Model, skeleton: Element) {
  for (const [key, place] of Object.entries<string>(places)) {
    const value = (values as Record<string, string | undefined>)[key];
    writePlace(element, stepsOf(place), value, skeleton);
  }
}

function stepsOf(place: string): string[] {
  return place.split('/');
}

function readPlace(element: Element, [step = '', ...rest]: readonly string[]): string | undefined {
  if (step === '') return element.textContent ?? '';
  if (step.startsWith('@')) return element.getAttribute(nameOf(step)) ?? undefined;
  const child = childNamed(element, nameOf(step));
  return child && readPlace(child, rest);
}

function writePlace(element: Element, [step = '', ...rest]: readonly string[], value: string | undefined, skeleton: Element) {
  if (step.startsWith('@')) {
    if (value !== undefined) element.setAttribute(nameOf(step), value);
    else if (step.endsWith('?')) element.removeAttribute(nameOf(step));
    return;
  }
  if (step === '') {
    // Text that is the same keeps its form.
    if (value !== undefined && element.textContent !== value) element.textContent = value;
    return;
  }
  const child = childNamed(element, nameOf(step));
  if (value === undefined && step.endsWith('?')) {
    if (child) element.removeChild(child);
    return;
  }
  const model = childNamed(skeleton, nameOf(step));
  // A way that neither what was read nor the skeleton has leads nowhere: there is no value for it either.
  const next = child ?? (model && value !== undefined ? addChild(element, model) : undefined);
  if (next) writePlace(next, rest, value, model ?? skeleton);
}

function nameOf(step: string): string {
  return step.replace(/^@|\?$/g, '');
}

/** A copy of what the skeleton has, before what follows it there. */
function addChild(element: Element, model: Element): Element {
  const after = new Set<string>();
  for (let next = model.nextSibling; next; next = next.nextSibling) after.add(next.nodeName);
  let before = element.firstChild;
  while (before && !after.has(before.nodeName)) before = before.nextSibling;
  return insertCopy(element, model, before);
}
