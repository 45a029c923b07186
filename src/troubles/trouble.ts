/** The services whose answers the table has; the last are programs on the way. */
export type TroubledService =
  | 'Entra ID'
  | 'Key Vault'
  | 'Microsoft Graph'
  | 'SharePoint'
  | 'Resource Manager'
  | 'Logic Apps'
  | 'Power Automate'
  | 'App Service'
  | 'Windows and .NET'
  | 'OpenSSL';

/** Something that a service answers with, where it comes from, and what to do. */
export interface Trouble {
  /** As it stands in the answer, or the beginning of the message where there is no code. Services may share a code. */
  readonly code: string;
  readonly service: TroubledService;
  /** What it usually comes from; a sentence. */
  readonly cause: string;
  /** What to do; a sentence in the imperative. */
  readonly cure: string;
  /** The same where whoever runs certflow was refused, and not a workflow; a sentence in the imperative. */
  readonly callerCure?: string;
  /** Words of the message, where it is quoted without the code; matched whatever their case. */
  readonly words?: readonly string[];
  /** What the message has besides the code, where that tells one cause from others of the same code. */
  readonly when?: RegExp;
  /** It stands around the code that counts (`DeploymentFailed`), or is shared by many causes (`Conflict`): told only where nothing else is found. */
  readonly isOuter?: true;
  /** How IMPORT.md tells of it, and of which format; both where none is named. */
  readonly atImport?: { readonly symptom: string; readonly format?: 'solution' | 'flow-package' };
  /** A public page, or a thread in which people met it. */
  readonly source: string;
}

export type Row = Omit<Trouble, 'service' | 'source'> & { readonly source?: string };

/** Rows of one service; `source` is that of the rows without one. */
export function troublesOf(service: TroubledService, source: string, rows: readonly Row[]): readonly Trouble[] {
  return rows.map((row) => ({ service, source, ...row }));
}

/** The address of a thread on GitHub: `thread('Azure/logicapps', 1006)`. */
export const thread = (repository: string, number: number) => `https://github.com/${repository}/issues/${number}`;
