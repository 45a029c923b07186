/** The tag of what certflow makes where something has to be set up: by it `destroy --setup` knows it again. */
export const mark = 'certflow setup';

/** The same where tags are pairs: resources, and certificates of a vault. */
export const markTags = { 'made-by': mark } as const;

export function isMarked(tags: Readonly<Record<string, string>> | undefined): boolean {
  return tags?.['made-by'] === mark;
}
