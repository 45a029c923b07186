import type { OpenedDefinition, OpenedDocument } from '../../formats/reading/opened-document.ts';
import type { Ground } from '../ground.ts';
import { ArmGrounds } from './arm.ts';
import { definitionGround } from './definition.ts';

/** How a document holds each of its definitions. */
export function groundsOf(document: OpenedDocument): (opened: OpenedDefinition) => Ground {
  const left = (problem: string) => () => ({ ...definitionGround, problem });
  if (document.source) return left('it is made from files in another language: change it there');
  switch (document.format) {
    case 'arm': {
      const grounds = new ArmGrounds();
      return (opened) => grounds.of(opened);
    }
    case 'definition':
      return ({ host }) =>
        host === 'consumption' || host === undefined
          ? definitionGround
          : { ...definitionGround, problem: 'the files of its app are not beside it' };
    default:
      return left(`documents of the format ${document.format} are not rewritten`);
  }
}
