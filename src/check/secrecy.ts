/** Whether a place is in an `authentication` block: of what stands there nothing is told, it may be a secret. */
export function isSecretPlace(pointer: string): boolean {
  return /\/authentication(?:\/|$)/i.test(pointer);
}
