import { DOMImplementation, type Element, XMLSerializer } from '@xmldom/xmldom';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { showValue } from '../../../diagnostics/show.ts';
import { countsOf } from '../coverage.ts';
import type { Reporter } from './reporter.ts';

/** JUnit's XML, which most CI systems read: a suite for each file, a test for each case; mistakes in the tests are a test that has an error. */
export const junit: Reporter = (files, _, output, coverage = []) => {
  const document = new DOMImplementation().createDocument(null, 'testsuites');
  const root = document.documentElement;
  const add = (parent: Element | null, name: string, attributes: Readonly<Record<string, string | number>>): Element => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, plain(String(value)));
    parent?.appendChild(element);
    return element;
  };
  const counts = coverage.flatMap(({ file, name, parts }) => countsOf(parts).map((one) => ({ ...one, of: name ?? file })));
  if (counts.length > 0) {
    const properties = add(root, 'properties', {});
    for (const { of, kind, reached, all } of counts)
      add(properties, 'property', { name: `coverage of ${of}: ${kind}`, value: `${reached}/${all}` });
  }
  for (const { file, result, refused } of files) {
    const cases = result?.cases ?? [];
    const mistakes = [...refused, ...(result?.mistakes.filter(({ severity }) => severity === 'error') ?? [])];
    const suite = add(root, 'testsuite', {
      name: file,
      tests: cases.length + (mistakes.length > 0 ? 1 : 0),
      failures: cases.filter(({ failures }) => failures.length > 0).length,
      errors: mistakes.length > 0 ? 1 : 0,
    });
    for (const { name, failures } of cases) {
      const test = add(suite, 'testcase', { classname: file, name });
      for (const failure of failures)
        add(test, 'failure', { type: failure.rule, message: failure.message }).textContent = plain(placeOf(failure));
    }
    if (mistakes.length === 0) continue;
    const test = add(suite, 'testcase', { classname: file, name: 'the tests themselves' });
    for (const one of mistakes) add(test, 'error', { type: one.rule, message: one.message }).textContent = plain(placeOf(one));
  }
  output.text(`<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(document)}`);
};

function placeOf({ file, range, pointer }: Diagnostic): string {
  return `${file ?? ''}${range ? `:${range.start.line}:${range.start.column}` : ''} ${pointer}`;
}

/** XML takes no control characters, and neither does a terminal. */
function plain(text: string): string {
  return showValue(text);
}
