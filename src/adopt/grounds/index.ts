import type { OpenedDefinition, OpenedDocument } from '../../formats/reading/opened-document.ts';
import type { Ground } from '../ground.ts';
import type { Aim } from '../plan.ts';
import { ArmGrounds } from './arm.ts';
import { definitionGround } from './definition.ts';
import { flowGround } from './flow.ts';
import { StandardGrounds } from './standard.ts';

/** How a document holds each of its definitions. */
export function groundsOf(document: OpenedDocument, aim: Aim): (opened: OpenedDefinition) => Ground {
  const left = (problem: string) => () => ({ ...definitionGround, problem });
  if (document.source) return left('it is made from files in another language: change it there');
  switch (document.format) {
    case 'arm': {
      const grounds = new ArmGrounds();
      return (opened) => grounds.of(opened);
    }
    case 'standard-project': {
      const grounds = new StandardGrounds(document);
      return (opened) => grounds.of(opened, aim);
    }
    case 'flow':
      return (opened) => ofFlow(opened, aim);
    case 'definition':
      return (opened) => {
        if (opened.host === 'power-automate') return ofFlow(opened, aim);
        return opened.host === 'standard'
          ? { ...definitionGround, problem: 'the files of its app are not beside it' }
          : definitionGround;
      };
    default:
      return left(
        `a flow in a ${document.format} has its connections and variables in other files of it: take its JSON out, adopt that, and import it again`,
      );
  }
}

function ofFlow(opened: OpenedDefinition, aim: Aim): Ground {
  return aim.to === 'managed-identity' ? { ...flowGround(opened), problem: noIdentity } : flowGround(opened);
}

const noIdentity = 'Power Automate has no managed identity, so a flow cannot sign in as one: adopt it with --to certificate';
