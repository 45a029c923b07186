/** What was expected and did not come. */
export interface Failure {
  /** Of the expectation, in the case. */
  readonly pointer: string;
  readonly message: string;
}
