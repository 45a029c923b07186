import { isDefinition } from '../../definition/recognise.ts';
import type { FileTree } from '../../document/file-tree.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { DocumentFiles } from '../reading/document-files.ts';
import type { OpenedDefinition } from '../reading/opened-document.ts';
import { known } from '../reading/reader.ts';
import { checkProject } from './check.ts';

/** Reads the workflows of a Standard project, each with what the whole app shares. */
export function read(tree: FileTree, root: string, paths: readonly string[]) {
  const reading = new DocumentFiles(tree);
  const group = (path: string): Record<string, unknown> | undefined => {
    const value = reading.json(root + path)?.value;
    return isObject(value) ? value : undefined;
  };
  const [parameters, connections] = [group('parameters.json'), group('connections.json')];
  const placeOf = (path: string) => {
    const file = reading.json(root + path);
    return file && { file: file.file, text: file.text, pointer: '' };
  };
  const places = known({ parameters: placeOf('parameters.json'), connections: placeOf('connections.json') });
  const settings = member(group('local.settings.json'), 'Values');
  const definitions = paths.flatMap((path): OpenedDefinition[] => {
    const file = reading.json(path);
    const definition = member(file?.value, 'definition');
    if (!file || !isDefinition(definition)) {
      if (file) reading.unusable(path, 'it has no workflow definition under "definition"');
      return [];
    }
    const kind = member(file.value, 'kind');
    return [
      known<OpenedDefinition>({
        name: path.slice(root.length).split('/')[0],
        file: file.file,
        text: file.text,
        pointer: '/definition',
        definition,
        host: 'standard',
        kind: typeof kind === 'string' ? kind : undefined,
        parameters,
        connections,
        appSettings: isObject(settings) ? Object.keys(settings) : undefined,
        places,
      }),
    ];
  });
  checkProject(reading, root, paths);
  return { definitions, problems: reading.problems };
}
