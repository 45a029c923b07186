import { markedOperations } from '../check/marks.ts';
import { Subject } from '../check/subject.ts';
import type { Definition, Host } from '../definition/definition.ts';
import { toMermaid } from '../picture/mermaid.ts';
import { outlineOf } from '../picture/outline.ts';

/** A definition that certflow makes, in Mermaid. Nothing in it shows a secret, or it is not given out. */
export function pictureOf(definition: Definition, host: Host): string {
  const marks = markedOperations(new Subject(definition, { host }));
  return toMermaid(outlineOf(definition, ({ pointer }) => marks.get(pointer))).trimEnd();
}
