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
      if (first === undefined) return ok(`${whatAgrees(wanted)} are those of the spec`);
      return { result: 'wrong', found: `${first}${more.length === 0 ? '' : `; and ${more.length} more`}`, ...cure };
    },
  };
}

/** Which values there are to compare, by how the requests sign in. */
function whatAgrees(wanted: readonly DefinedSignIn[]): string {
  return wanted.some(({ way }) => way === 'certificate') || wanted.length === 0
    ? 'tenant, client id, audience and certificate'
    : 'audience and identity';
}

/** What differs between the sign-ins of two definitions; a sentence each, without full stop. */
export function valueDifferences(wanted: readonly DefinedSignIn[], deployed: readonly DefinedSignIn[]): string[] {
  return wanted.flatMap((one) => {
    const found = deployed.find(({ action, way }) => action === one.action && way === one.way);
    const how = one.way === 'certificate' ? 'a certificate' : 'the managed identity';
    return found ? differences(one, found) : [`${one.action} does not sign in with ${how} there`];
  });
}

function differences(wanted: DefinedSignIn, found: DefinedSignIn): string[] {
  const values = wanted.way === 'identity' ? identityValues(wanted, found) : certificateValues(wanted, found);
  return values
    .filter(([, should, is]) => should?.toLowerCase() !== is?.toLowerCase())
    .map(
      ([what, should, is]) =>
        `the ${what} of ${wanted.action} is ${is === undefined ? 'not told by the definition' : quote(is)}, ${should === undefined ? 'and is a setting of the app otherwise' : `and the spec says ${quote(should)}`}`,
    );
}

type Compared = readonly (readonly [what: string, should: string | undefined, is: string | undefined])[];

function identityValues(wanted: DefinedSignIn, found: DefinedSignIn): Compared {
  const own = 'the one of its own';
  return [
    ['audience', wanted.audience, found.audience],
    ['identity', wanted.identity ?? own, found.identity ?? own],
  ];
}

function certificateValues(wanted: DefinedSignIn, found: DefinedSignIn): Compared {
  return [
    ['tenant', wanted.tenant, found.tenant],
    ['client id', wanted.clientId, found.clientId],
    ['audience', wanted.audience, found.audience],
    ['certificate', wanted.secret?.name, found.secret?.name],
    ['connection', wanted.secret?.connection, found.secret?.connection],
    ['version of the certificate', wanted.secret?.version ?? 'newest', found.secret?.version ?? 'newest'],
  ];
}
