import type { Host } from '../definition/definition.ts';
import type { Request, SpecFile } from '../generated/spec-file.ts';

/** What a spec takes from the file of a workflow that it names (`workflow: { file }`): the file is the workflow, and the spec says how it signs in. */
export interface WorkflowFile {
  readonly host: Host;
  readonly definition: Readonly<Record<string, unknown>>;
  readonly trigger: NonNullable<SpecFile['trigger']>;
  /** Its HTTP actions that sign in with the certificate or as the managed identity, as a spec would say them; named by their actions. */
  readonly requests: readonly Request[];
  /** Names of its parameters that take what the spec says. Absent where it says that itself. */
  readonly parameters: {
    readonly tenantId?: string;
    readonly clientId?: string;
    readonly certificateName?: string;
    /** By name of the request. */
    readonly audiences: ReadonlyMap<string, string>;
  };
  /** The action that reads the certificate, and the key of its connection. */
  readonly secret?: { readonly action: string; readonly connection?: string };
  /** Why it cannot be made or deployed from the spec; undefined where it can. */
  readonly problem?: string;
}

/** Reads the file that `workflow: { file }` names, by its path from where the spec lies. Throws a UsageError that says why it cannot. */
export type ReadWorkflowFile = (path: string) => WorkflowFile;
