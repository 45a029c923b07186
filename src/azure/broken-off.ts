/** A request was given up here, before it was sent or because of an answer that nobody would read; `attempt` makes an AzureError of it. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
  /** End of a sentence that begins with what was tried. */
  readonly what: string;
  /** What to do. */
  readonly cure: string;

  constructor(what: string, cure: string) {
    super(what);
    this.what = what;
    this.cure = cure;
  }
}
