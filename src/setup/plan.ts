import type { KeyAndCertificate } from '../certificate/certificate.ts';
import type { LinkName } from '../proofs/proof.ts';

export const parts = ['vault', 'entra', 'grant', 'identity', 'file'] as const;
/** What belongs together, and can be set up alone. */
export type Part = (typeof parts)[number];

/** What there is to set up in Azure, and on a developer's machine. */
export const partsInAzure: readonly Part[] = ['vault', 'entra', 'grant'];
/** What there is where requests sign in with a managed identity. */
export const partsOfIdentity: readonly Part[] = ['identity'];
export const partsLocally: readonly Part[] = ['file', 'entra'];

export type State =
  | 'present'
  | 'to create'
  | 'to change'
  /** Whoever is signed in may not see it. */
  | 'cannot tell'
  /** Somebody else does it: the deployment, or an administrator. */
  | 'left to others'
  /** Something stands in the way that only a person can decide. */
  | 'blocked';

/** The file with key and certificate of a developer's machine. */
export interface CertificateFile {
  readonly path: string;
  /** Puts there what was made, whole or not at all. */
  readonly write: (made: KeyAndCertificate) => void | Promise<void>;
}

/** One thing that has to be there, and how it is. */
export interface PlanItem {
  readonly part: Part;
  /** For people: `vault kv-contoso-dev`. */
  readonly name: string;
  readonly state: State;
  /** What is there, what would be done, or what stands in the way. */
  readonly detail?: string;
}

/** What became of an item. */
export interface SetupItem {
  readonly part: Part;
  readonly name: string;
  readonly outcome: 'unchanged' | 'created' | 'changed' | 'left to others' | 'failed';
  readonly detail?: string;
}

/** How a thing is, and what makes it as it should be. */
export interface Finding {
  readonly state: State;
  readonly detail?: string;
  /** Gives a finding of its own where it could not do all. */
  readonly apply?: () => Promise<Finding | undefined>;
}

export interface Step {
  readonly part: Part;
  readonly name: string;
  /** The links of the sign-in that it sees to: what the proofs call wrong is not present, whatever there is. */
  readonly links?: readonly { readonly link: LinkName; readonly about?: string }[];
  /** Looks how things are. Nothing to tell: undefined. Looking again after `apply` finds it present. */
  readonly look: () => Promise<Finding | undefined>;
}

export const present = (detail?: string): Finding => ({ state: 'present', ...(detail === undefined ? {} : { detail }) });
