import type { Host } from '../../definition/definition.ts';
import { hostOf } from '../../definition/recognise.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { toPointer } from '../../json/pointer.ts';
import type { OpenedDefinition } from '../reading/opened-document.ts';
import { type JsonFile, known } from '../reading/reader.ts';
import { placeOfDefinition } from './recognise.ts';

/** Reads a definition that stands alone, whatever is around it. */
export function read({ file, text, value }: JsonFile): OpenedDefinition[] {
  const place = placeOfDefinition(value);
  if (!place) return [];
  const definition = member(value, ...place) as Record<string, unknown>;
  // Beside a bare definition stands nothing; its own `parameters` are declarations.
  const around = place.length === 0 ? undefined : member(value, ...place.slice(0, -1));
  const group = (key: string) => (isObject(member(around, key)) ? (member(around, key) as Record<string, unknown>) : undefined);
  const kind = member(around, 'kind');
  const hasKind = (place.length === 1 || place.includes('workflow.json')) && typeof kind === 'string';
  const name = member(value, 'name');
  return [
    known<OpenedDefinition>({
      name: typeof name === 'string' ? name : undefined,
      file,
      text,
      pointer: toPointer(place),
      definition,
      host: hostFrom(value, place, hasKind) ?? hostOf(definition),
      kind: hasKind ? kind : undefined,
      parameters: group('parameters'),
      connectionReferences: group('connectionReferences'),
    }),
  ];
}

/** The host that the file itself tells of. */
function hostFrom(value: unknown, place: readonly string[], hasKind: boolean): Host | undefined {
  // Consumption has a `kind` beside the definition only in the designer's own test files.
  if (hasKind || place.includes('workflow.json')) return 'standard';
  const type = member(value, 'type');
  return typeof type === 'string' && /^Microsoft\.Logic\/workflows(\/|$)/i.test(type) ? 'consumption' : undefined;
}
