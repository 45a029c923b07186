import { structuredPatch } from 'diff';
import { push } from '../src/check/multimap.ts';
import { JsonLocator } from '../src/document/locate.ts';
import type { Diagnostic } from '../src/index.ts';
import { fromPointer, toPointer } from '../src/json/pointer.ts';
import { printJson } from './print-json.ts';

/** The innermost actions, triggers or other members that findings stand in, each alone, with the wrong lines marked. */
export function markedParts(document: unknown, diagnostics: readonly Diagnostic[]): string {
  const parts = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) push(parts, partAround(document, diagnostic.pointer), diagnostic);
  return [...parts].map(([part, found]) => markedPart(document, part, found)).join('\n\n');
}

function markedPart(document: unknown, part: string, found: readonly Diagnostic[]): string {
  const key = fromPointer(part).at(-1);
  const value = valueAt(document, part);
  // Inside a group of its own it is JSON, in which places can be found.
  const text = key === undefined ? printJson(value) : printJson({ [key]: value });
  const locator = new JsonLocator(text);
  const wrong = new Set(
    found.map(
      ({ pointer }) =>
        locator.rangeOf((key === undefined ? '' : toPointer([key])) + pointer.slice(part.length), 'key').start.line,
    ),
  );
  const lines = text.split('\n').map((line, index) => (wrong.has(index + 1) ? `${line} // <-- here` : line));
  return key === undefined
    ? lines.join('\n')
    : lines
        .slice(1, -1)
        .map((line) => line.replace(/^ {2}/, ''))
        .join('\n');
}

/** The pointer of what is shown of a document for one place in it. */
function partAround(document: unknown, pointer: string): string {
  const path = fromPointer(pointer);
  const operation = path.findLastIndex((step, index) => index < path.length - 1 && (step === 'actions' || step === 'triggers'));
  const inDefinition = path[0] === 'definition';
  const length = operation !== -1 ? operation + 2 : Math.min(path.length, inDefinition ? 3 : 2);
  for (let end = length; end > 0; end--) {
    const part = toPointer(path.slice(0, end));
    if (valueAt(document, part) !== undefined) return part;
  }
  return '';
}

function valueAt(document: unknown, pointer: string): unknown {
  return fromPointer(pointer).reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    document,
  );
}

/** What changes from one document to the other, with the lines around it. */
export function cureDiff(bad: unknown, good: unknown): string {
  const { hunks } = structuredPatch('', '', `${printJson(bad)}\n`, `${printJson(good)}\n`, '', '', { context: 2 });
  return hunks.map(({ lines }) => lines.join('\n')).join('\n ...\n');
}
