import { quote } from '../../diagnostics/words.ts';
import { type Cure, type Finding, type Link, ok } from '../proof.ts';
import type { DefinedSignIn } from '../sign-ins-in.ts';

export interface ValuesLinkOptions {
  readonly needs: Link['needs'];
  readonly wanted: readonly DefinedSignIn[];
  /** The sign-ins of what is deployed. */
  readonly deployed: () => Promise<readonly DefinedSignIn[]>;
  readonly cure: Cure;
}

/** Tenant, client, audience and certificate of the deployed workflow, beside those of the spec. */
export function valuesLink({ needs, wanted, deployed, cure }: ValuesLinkOptions): Link {
  return {
    link: 'values',
    known: 'the sign-ins in the definition that is deployed, with the values of its parameters',
    ...(needs && { needs }),
    after: ['tenant'],
    look: async (): Promise<Finding> => {
      const [first, ...more] = valueDifferences(wanted, await deployed());
      if (first === undefined) return ok('tenant, client id, audience and certificate are those of the spec');
      return { result: 'wrong', found: `${first}${more.length === 0 ? '' : `; and ${more.length} more`}`, ...cure };
    },
  };
}

/** What differs between the sign-ins of two definitions; a sentence each, without full stop. */
export function valueDifferences(wanted: readonly DefinedSignIn[], deployed: readonly DefinedSignIn[]): string[] {
  return wanted.flatMap((one) => {
    const found = deployed.find(({ action }) => action === one.action);
    return found ? differences(one, found) : [`${one.action} does not sign in with a certificate there`];
  });
}

function differences(wanted: DefinedSignIn, found: DefinedSignIn): string[] {
  const values = [
    ['tenant', wanted.tenant, found.tenant],
    ['client id', wanted.clientId, found.clientId],
    ['audience', wanted.audience, found.audience],
    ['certificate', wanted.secret?.name, found.secret?.name],
    ['version of the certificate', wanted.secret?.version ?? 'newest', found.secret?.version ?? 'newest'],
  ] as const;
  return values
    .filter(([, should, is]) => should?.toLowerCase() !== is?.toLowerCase())
    .map(
      ([what, should, is]) =>
        `the ${what} of ${wanted.action} is ${is === undefined ? 'not told by the definition' : quote(is)}, ${should === undefined ? 'and is a setting of the app otherwise' : `and the spec says ${quote(should)}`}`,
    );
}
