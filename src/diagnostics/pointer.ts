/** JSON pointers, RFC 6901. */

/** One step of a pointer, escaped. */
export function pointerStep(key: string | number): string {
  const text = String(key);
  return /[~/]/.test(text) ? `/${text.replaceAll('~', '~0').replaceAll('/', '~1')}` : `/${text}`;
}

/** The pointer of a path of keys and indexes. */
export function toPointer(path: readonly (string | number)[]): string {
  return path.map(pointerStep).join('');
}

/** The keys of a pointer, unescaped. Indexes stay text. */
export function fromPointer(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
