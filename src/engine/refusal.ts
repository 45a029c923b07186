/** Why an expression has no value, or an action fails: what the service would say, and what certflow cannot do. */

/** The service refuses it: the action that asks fails. */
export class Refusal extends Error {
  override readonly name: string = 'Refusal';
  /** What run history shows as the code of the failure. */
  readonly code: string;

  constructor(message: string, code = 'InvalidTemplate') {
    super(message);
    this.code = code;
  }
}

/** certflow does not know, or does not do, what the service would. Always told as that, never as a failure of the definition. */
export class NotRun extends Refusal {
  override readonly name: string = 'NotRun';
  /** What is not run, by name: `actions of the type Liquid`. */
  readonly what: string;

  constructor(what: string, cure = '') {
    super(`certflow does not run ${what}${cure && `; ${cure}`}`, notRunCode);
    this.what = what;
  }
}

/** The run ends here, whatever follows: certflow does not run what is longer. */
export class OutOfSteps extends NotRun {
  override readonly name = 'OutOfSteps';
}

/** The code of an action that failed because certflow does not run it. */
export const notRunCode = 'NotRunByCertflow';

export function refuse(message: string, code?: string): never {
  throw new Refusal(message, code);
}

/** Refuses by saying that certflow does not run something. */
export function notRun(what: string, cure?: string): never {
  throw new NotRun(what, cure);
}
