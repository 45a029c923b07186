/** The call itself is wrong: an option's name or value, or a file that cannot be read. The message says what to do. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}

/** The call is right, but what it asks for cannot be done as things are. The message says what stands in the way and what to do. */
export class RefusedError extends Error {
  override readonly name: string = 'RefusedError';
}
