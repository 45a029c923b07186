import type { Tokens } from './entra/tokens.ts';
import type { ServiceName } from './http/recorded.ts';
import type { Incoming, Outcome } from './http/service.ts';
import type { State } from './state.ts';

/** What Azure would refuse in a workflow: its code and message. */
export interface WorkflowProblem {
  readonly code: string;
  readonly message: string;
}

/** How long things take, in milliseconds. */
export interface Pace {
  /** Each step of a deployment, and of other work that goes on after its answer. */
  readonly step: number;
  /** Until a role assignment counts. */
  readonly replication: number;
}

/** What all services of one emulator share. */
export interface World {
  readonly state: State;
  readonly tokens: Tokens;
  /** Where clients sign in. */
  readonly authority: string;
  readonly tenantId: string;
  /** The tenant's own domain. */
  readonly domain: string;
  /** All of its domains, the own one among them. */
  readonly domains: readonly string[];
  /** Names of the tenant in the hosts of SharePoint: `contoso`. */
  readonly sharePointNames: readonly string[];
  readonly subscriptions: readonly string[];
  /** Where each service is, without final slash. */
  readonly addresses: Readonly<Record<ServiceName, string>>;
  readonly pace: { step: number; replication: number };
  /** The clock of the sign-in. */
  readonly now: () => Date;
  readonly validateWorkflow: (definition: unknown, host: 'consumption' | 'standard') => WorkflowProblem | undefined;
  /** Sends a request to one of the services, as if it came from outside. */
  readonly send: (service: ServiceName, request: Incoming) => Promise<Outcome>;
  /** Work that goes on after its request was answered; it is waited for when the emulator closes. */
  readonly goOn: (work: () => Promise<void>) => void;
  /** Waits, but no longer than the emulator runs. Throws an `Ended` then. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Audiences of the tokens that each service takes, as in the public cloud. */
export const audiences = {
  arm: ['https://management.azure.com', 'https://management.core.windows.net'],
  vault: ['https://vault.azure.net'],
  graph: ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000'],
} as const;
