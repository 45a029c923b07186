import { isForbidden } from '../../azure/needing.ts';
import type { Environment, Spec } from '../../spec/spec.ts';

/** A spec in one of its environments, whose set-up is taken back. */
export interface SetupPlace {
  readonly spec: Spec;
  readonly environment: Environment;
}

/** Told what comes about. */
export type Tell = (about: string, state: string) => void;

/** Something that setting up has made, or has found, and what is to become of it. */
export interface SetupRemoval {
  /** In words: `app registration`. */
  readonly what: string;
  readonly name: string;
  /** Of the thing itself: specs may have it together, and it goes once, with the last of them. */
  readonly id: string;
  /** Why it stays; absent for what goes. */
  readonly staysBecause?: string;
  /** Of what goes, in clauses: what goes with it, how it can be had back, and until when. */
  readonly details?: readonly string[];
  /** Ids of things that have to be gone before: without it nobody would find them. */
  readonly after?: readonly string[];
  /** Gives why it stays after all, where that shows only then. */
  readonly remove: (tell: Tell) => Promise<string | undefined>;
}

/** What is only told. */
export function staying(removal: Pick<SetupRemoval, 'what' | 'name' | 'id'>, staysBecause: string): SetupRemoval {
  return { ...removal, staysBecause, remove: async () => staysBecause };
}

/** What has no mark of certflow is another's. */
export const notOurs = 'nothing says that certflow setup made it';

/** Looks at things; where whoever is signed in may not, that is told of them, and the rest is looked at all the same. */
export async function unlessForbidden(
  thing: Pick<SetupRemoval, 'what' | 'name' | 'id'>,
  look: () => Promise<SetupRemoval[]>,
): Promise<SetupRemoval[]> {
  try {
    return await look();
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return [staying(thing, error.message.replaceAll('\n', ' '))];
  }
}

export function unlessHidden(error: unknown): 'hidden' {
  if (!isForbidden(error)) throw error;
  return 'hidden';
}
