/** The call itself is wrong: an option's name or value, or a file that cannot be read. The message says what to do. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}

/** A file that is there, or was named, and cannot be read. */
export class UnreadableError extends UsageError {
  override readonly name: string = 'UnreadableError';
  /** Why, without the name of the file. */
  readonly reason: string;

  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(`${path} cannot be read: ${reason}`, options);
    this.reason = reason;
  }
}

/** The call is right, but what it asks for cannot be done as things are. The message says what stands in the way and what to do. */
export class RefusedError extends Error {
  override readonly name: string = 'RefusedError';
}
