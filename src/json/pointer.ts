/** JSON pointers, RFC 6901. */

/** One step of a pointer, escaped. */
export function pointerStep(key: string | number): string {
  const text = String(key);
  return text.includes('/') || text.includes('~') ? `/${text.replaceAll('~', '~0').replaceAll('/', '~1')}` : `/${text}`;
}

/** The pointer of a path of keys and indexes. */
export function toPointer(path: readonly (string | number)[]): string {
  let pointer = '';
  for (const key of path) pointer += pointerStep(key);
  return pointer;
}

/** The keys of a pointer, unescaped. Indexes stay text. */
export function fromPointer(pointer: string): string[] {
  if (pointer === '') return [];
  const steps = pointer.slice(1).split('/');
  return pointer.includes('~') ? steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')) : steps;
}
