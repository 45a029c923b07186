import type { Edit as TextEdit } from 'jsonc-parser';
import type { Edit, Fix } from '../diagnostics/fix.ts';
import { insertMember, removeMember, replaceValue } from './json-members.ts';
import { JsonLocator } from './locate.ts';
import { applyTextEdits, TakenPlaces } from './text-edits.ts';

export type { TextEdit };

/**
 * A JSON text with fixes applied, and which of them were. Whatever they do not touch stays as it is: order, spaces, comments, line
 * ends. A fix that touches the same place as one before it waits until that is done; one that meets something else than it expects
 * is left out.
 */
export function applyFixes(text: string, fixes: readonly Fix[]): { text: string; applied: Fix[] } {
  const applied: Fix[] = [];
  const changed = new Set<string>();
  let here = text;
  for (let waiting = [...fixes]; waiting.length > 0; ) {
    const locator = new JsonLocator(here);
    const taken: TextEdit[] = [];
    const places = new TakenPlaces();
    const later: Fix[] = [];
    const changing: string[] = [];
    for (const fix of waiting) {
      // Offsets in a text that was changed are no longer true.
      if (fix.edits.some(({ pointer }) => changed.has(pointer))) continue;
      const edits = textEditsOf(fix, locator);
      if (!edits) continue;
      if (edits.some((edit) => places.doTouch(edit))) later.push(fix);
      else {
        taken.push(...edits);
        for (const edit of edits) places.take(edit);
        applied.push(fix);
        changing.push(...fix.edits.map(({ pointer }) => pointer));
      }
    }
    // After the last entry of a list there is always room.
    for (const pointer of changing) if (!pointer.endsWith('/-')) changed.add(pointer);
    if (taken.length === 0) break;
    here = applyTextEdits(here, taken);
    waiting = later;
  }
  return { text: here, applied };
}

/** The changes of the text that a fix is; undefined where the text is not what it expects. */
export function textEditsOf({ edits }: Fix, locator: JsonLocator): TextEdit[] | undefined {
  const found: TextEdit[] = [];
  for (const edit of edits) {
    const changes = textEdits(edit, locator);
    if (!changes) return undefined;
    found.push(...changes);
  }
  return found;
}

function textEdits(edit: Edit, locator: JsonLocator): TextEdit[] | undefined {
  const { pointer } = edit;
  const node = locator.nodeAt(pointer);
  switch (edit.kind) {
    case 'add':
      return node ? undefined : insertMember(locator, pointer, { value: edit.value });
    case 'move': {
      const moved = locator.nodeAt(edit.from);
      if (node || !moved) return undefined;
      const inserted = insertMember(locator, pointer, { written: moved });
      const removed = removeMember(locator, moved);
      return inserted && removed && [...inserted, ...removed];
    }
    case 'replace':
      return node?.type === 'string'
        ? [{ offset: node.offset, length: node.end - node.offset, content: JSON.stringify(edit.value) }]
        : undefined;
    case 'put':
      return node && replaceValue(locator, node, edit.value);
    case 'remove':
      return node && removeMember(locator, node);
    case 'cut':
      if (node?.type !== 'string') return undefined;
      return edit.parts.map((part) => {
        const { start, end } = locator.rangeOf(pointer, part);
        return { offset: start.offset, length: end.offset - start.offset, content: '' };
      });
  }
}
