/** Why an action failed; shown with it. */
export class ActionError extends Error {
  readonly code: string;
  readonly outputs: unknown;

  constructor(code: string, message: string, outputs?: unknown) {
    super(message);
    this.code = code;
    this.outputs = outputs;
  }
}
