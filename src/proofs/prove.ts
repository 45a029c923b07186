import { AzureError } from '../azure/azure-error.ts';
import { isForbidden } from '../azure/needing.ts';
import { RefusedError } from '../diagnostics/errors.ts';
import { type Finding, type Link, nameOf, type Proof } from './proof.ts';

/** How a link ended, and what it waits for where it was not looked at. */
interface Ended {
  readonly proof: Proof;
  /** The link at which the chain is broken before this one. */
  readonly root?: Proof;
}

/**
 * Looks at the links of a chain, those side by side that do not hang on each other, and gives a proof of each, in their order. Throws an
 * AzureError where nobody is signed in, or the user has stopped the command.
 */
export async function prove(links: readonly Link[]): Promise<Proof[]> {
  const started = new Map<Link, Promise<Ended>>();
  for (const link of links) {
    const before = links.slice(0, links.indexOf(link));
    const named = (names: Link['needs'] = []) =>
      before.filter((one) => names.includes(one.link)).map((one) => started.get(one) as Promise<Ended>);
    started.set(link, endOf(link, Promise.all(named(link.needs)), Promise.all(named(link.after))));
  }
  return (await Promise.all(started.values())).map(({ proof }) => proof);
}

async function endOf(link: Link, needs: Promise<readonly Ended[]>, after: Promise<readonly Ended[]>): Promise<Ended> {
  const [needed, before] = await Promise.all([needs, after]);
  const { about, known } = link;
  const head = { link: link.link, ...(about === undefined ? {} : { about }) };
  const broken = [...needed, ...before].find(isBroken) ?? needed.find(({ proof }) => proof.result !== 'ok');
  if (!broken) return { proof: { ...head, ...(await findingOf(link)), known } };
  const root = broken.root ?? broken.proof;
  const found = `it hangs on the ${nameOf(root)}, which ${root.result === 'wrong' ? 'is wrong' : 'cannot be seen'}`;
  return { root, proof: { ...head, result: 'not looked at', found, known } };
}

function isBroken({ proof, root }: Ended): boolean {
  return (root ?? proof).result === 'wrong';
}

async function findingOf({ look }: Link): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    if (error instanceof AzureError && (error.kind === 'stopped' || isNobody(error))) throw error;
    if (isForbidden(error))
      return { result: 'cannot tell', found: `${error.tried} was refused to you`, ...(error.cure ? { cure: error.cure } : {}) };
    const [found = '', ...more] = error.message.split('\n');
    const cure = error instanceof AzureError ? error.cure : more.join(' ');
    return { result: 'cannot tell', found: found.replace(/\.$/, ''), ...(cure ? { cure } : {}) };
  }
}

/** Nobody is signed in at all: then nothing can be told. */
function isNobody({ kind, answer, message }: AzureError): boolean {
  return kind === 'sign-in' && answer === undefined && !message.includes('AADSTS');
}
