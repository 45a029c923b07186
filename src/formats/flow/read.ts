import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import type { OpenedDefinition } from '../reading/opened-document.ts';
import { type JsonFile, known } from '../reading/reader.ts';
import { recognise } from './recognise.ts';

/** Reads the JSON of one flow. */
export function read({ file, text, value }: JsonFile): OpenedDefinition[] {
  if (!recognise(value)) return [];
  const properties = member(value, 'properties');
  const references = member(properties, 'connectionReferences');
  const name = member(properties, 'displayName');
  return [
    known<OpenedDefinition>({
      name: typeof name === 'string' ? name : undefined,
      file,
      text,
      pointer: '/properties/definition',
      definition: member(properties, 'definition') as Record<string, unknown>,
      host: 'power-automate',
      connectionReferences: isObject(references) ? references : undefined,
    }),
  ];
}
