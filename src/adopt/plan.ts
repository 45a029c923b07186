import type { Edit } from '../diagnostics/fix.ts';

/** What the sign-ins of a workflow become: by certificate, or as the managed identity of the workflow. */
export type Aim = CertificateAim | IdentityAim;

/** Sign-ins by certificate, and with which names. */
export interface CertificateAim {
  /** The default. */
  readonly to?: 'certificate';
  /** Id of the tenant, or one of its domains. Default: what the workflow says. */
  readonly tenantId?: string;
  /** The application (client) id. Default: what the workflow says. */
  readonly clientId?: string;
  /** The key vault, by its short name. */
  readonly vault: string;
  /** Name of the certificate in the vault. */
  readonly certificate: string;
}

/** Sign-ins as the system-assigned managed identity of the workflow, or of its app in Standard. */
export interface IdentityAim {
  /** Says that it is this way. */
  readonly to: 'managed-identity';
  /** Id of the tenant that the identity belongs to, or one of its domains: what signs in to another one is left. Default: what the workflow says. */
  readonly tenantId?: string;
}

/** Why a sign-in goes: the service behind it has ended, it rests on a secret that can be copied, or it shows a secret. */
export type Trouble = 'dead' | 'weak' | 'leaking';

/** Something in a workflow that signs in, or shows a secret, in a way that is not to last. */
export interface AdoptItem {
  /** The action, the trigger or the connection. */
  readonly name: string;
  /** As findings name it. */
  readonly file: string;
  /** Of its place in the file, a JSON pointer. */
  readonly pointer: string;
  /** What it is, such as `OAuth with a client secret`. */
  readonly what: string;
  readonly trouble: Trouble;
  /** What it becomes: `certificate`, `managed-identity` or `hidden`. Absent for what is left as it is. */
  readonly becomes?: string;
  /** Why it is left as it is, and what to do. */
  readonly left?: string;
}

/** A change of a file; its pointer leads from the file's root. */
export interface FileEdit {
  readonly file: string;
  readonly edit: Edit;
  /** Where it lies among the document's files, where it is none that a workflow stands in. */
  readonly path?: string;
  /** Whether the file is to be made. */
  readonly isNew?: true;
}

/** What adopting one document means. */
export interface AdoptPlan {
  readonly items: readonly AdoptItem[];
  /** What only a person can do, in full sentences. */
  readonly tasks: readonly string[];
  /** As whom the workflow signs in by certificate afterwards, where a sign-in was rewritten so. */
  readonly registration?: Registration;
}

/** The app registration that a workflow signs in as; what is absent is computed at run time, or not known. */
export interface Registration {
  readonly tenantId?: string;
  readonly clientId?: string;
}
