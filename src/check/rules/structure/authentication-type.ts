import { authenticationTypes, mcpAuthenticationTypes } from '../../../definition/operations.ts';
import { aboutWord, type Suggestion } from '../../../diagnostics/words.ts';
import { spell } from '../../mends.ts';
import type { Rule } from '../../rule.ts';
import type { GroupSignIn } from '../../sign-ins/sign-in.ts';
import { signInsOf } from '../../sign-ins/sign-ins.ts';
import { isOneOf, suggestName } from '../../words.ts';

export const authenticationType: Rule = {
  name: 'authentication-type',
  severity: 'error',
  category: 'correctness',
  summary: 'The authentication of an HTTP call is of a type that exists',
  check: (subject, report) => {
    for (const signIn of signInsOf(subject)) {
      if (signIn.way !== 'group' || !isOfRequest(signIn)) continue;
      const isTool = signIn.place === 'mcp-tool';
      const known = isTool ? mcpAuthenticationTypes : authenticationTypes;
      const type = signIn.members.given('type');
      const isOpen = type?.literal === undefined && (typeof type?.written === 'string' || type?.written === null);
      if (isOpen || (type?.literal !== undefined && isOneOf(type.literal, known))) continue;
      const word = type?.literal;
      report({
        pointer: type?.pointer ?? `${signIn.pointer}/type`,
        message: type === undefined ? 'authentication has no type' : `there is no authentication of ${shown(word ?? '')}`,
        ...advice(word, known),
        fix: type && word !== undefined ? spell(word, known, type.pointer) : undefined,
        // What MCP tools take is known from the designer only.
        ...(isTool && { severity: 'warning' }),
      });
    }
  },
};

/** Of what connectors take, their authors decide. */
function isOfRequest({ operation }: GroupSignIn): boolean {
  return /^(?:http|httpwebhook|mcpclienttool)$/.test(operation?.typeWord ?? '');
}

/** A type is a word of letters; what is none may be a secret in the wrong place, and is not told. */
const isWord = (text: string) => /^[a-z]{1,30}$/i.test(text);

const shown = (word: string) => (isWord(word) ? `type "${word}"` : 'this type');

function advice(word: string | undefined, known: readonly string[]): Suggestion {
  const { help } = suggestName(word ?? '', known, 'types');
  return { help, about: word !== undefined && isWord(word) ? aboutWord(word, known) : { allowed: known } };
}
