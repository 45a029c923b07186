/** What all snippets say. */
export interface SnippetValues {
  readonly name: string;
  /** Name of the spec's file. */
  readonly file: string;
  /** Name of the file that the snippet is meant to stand in. */
  readonly fileName: string;
  /** Address of the token endpoint. */
  readonly endpoint: string;
  readonly clientId: string;
  readonly audience: string;
  readonly scope: string;
  readonly assertionType: string;
}
