/** Whether a place is in an `authentication` block: of what stands there nothing is told, it may be a secret. */
export function isSecretPlace(pointer: string): boolean {
  return pointer.includes('/authentication/') || pointer.endsWith('/authentication');
}
