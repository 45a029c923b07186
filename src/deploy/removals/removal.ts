import type { Azure } from '../../azure/azure.ts';

/** Something that a target has in Azure, and what is to become of it. */
export interface Removal {
  /** In words: `Logic App`. */
  readonly what: string;
  readonly name: string;
  /** Why it stays; absent for what goes. */
  readonly staysBecause?: string;
  /** Resource id of what several targets may have together: it goes last, and once. */
  readonly sharedId?: string;
  readonly remove: (azure: Azure) => Promise<void>;
}

/** What is kept unless it is named. */
export type Included = 'connection' | 'vault';

export interface RemovalOptions {
  readonly included: readonly Included[];
  /** Resource ids of the Logic Apps that are removed together. */
  readonly leaving: readonly string[];
}

/** What goes of a target alone, or of several together. */
export function goingOf(removals: readonly Removal[], kind: 'own' | 'shared'): Removal[] {
  return removals.filter(
    ({ staysBecause, sharedId }) => staysBecause === undefined && (sharedId !== undefined) === (kind === 'shared'),
  );
}
