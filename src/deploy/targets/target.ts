import type { DeploymentAddress, Template } from '../../azure/deployments.ts';
import type { RunsAddress } from '../../azure/runs.ts';
import type { WorkflowAddress } from '../../azure/workflows.ts';
import type { Definition } from '../../definition/definition.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ConsumptionInfrastructure } from '../../infrastructure/consumption/logic-app.ts';
import type { ConsumptionPlace } from '../../infrastructure/consumption/place.ts';
import type { Known } from '../../infrastructure/resolve.ts';
import type { VaultAccess } from '../../infrastructure/target.ts';
import type { ReadVault } from '../../proofs/vault-access.ts';
import type { Environment, Spec } from '../../spec/spec.ts';
import type { TargetName } from './target-name.ts';

/** What every target has, whatever it deploys. */
export interface TargetCommon {
  readonly spec: Spec;
  readonly environment: Environment;
  readonly targetName: TargetName;
  readonly place: AzurePlace;
  /** The values that are known before the deployment. */
  readonly known: Known;
  readonly deployment: DeploymentAddress;
  /** The vault that is read; absent where what runs reads none. */
  readonly vault?: ReadVault;
  /** How the template lets the identity read the vault: by a role, by an access policy; absent where that is left to others. */
  readonly vaultAccess?: VaultAccess;
  /** The definition, without what an ARM template escapes in it; a web app has none. */
  readonly definition?: Definition;
  /** What the template makes, in words and by name, where nothing is there yet; with the resource id, and the version by which it is asked. */
  readonly made: readonly { readonly what: string; readonly name: string; readonly id: string; readonly apiVersion: string }[];
  /**
   * Template and values. `state` is that of a workflow that Resource Manager deploys. `givesAccess`: with the part that lets the identity
   * read the vault; what it holds already is not given again, for Azure refuses the same role under another name (RoleAssignmentExists).
   */
  readonly template: (options: { readonly state: 'Enabled' | 'Disabled'; readonly givesAccess: boolean }) => Template;
  /** Rights that it takes in its resource group, besides those of every deployment. */
  readonly rights: readonly string[];
  /** The built-in role that has them. */
  readonly role: string;
  /** What is worth a look though it does not stand in the way. */
  readonly notes: readonly Diagnostic[];
}

/** Where something is in Azure. */
export interface AzurePlace {
  readonly subscription: string;
  readonly resourceGroup: string;
  /** Absent for an app that is there already. */
  readonly location?: string;
  /** Resource id of the user-assigned identity; absent for the system-assigned one. */
  readonly userAssignedIdentity?: string;
  /** Whether the template makes that identity. */
  readonly makesIdentity?: boolean;
}

/** One workflow of Logic Apps (Consumption) to deploy: a spec in one of its environments. */
export interface ConsumptionTarget extends TargetCommon {
  readonly targetName: 'consumption';
  readonly place: ConsumptionPlace;
  readonly infrastructure: ConsumptionInfrastructure;
  readonly workflow: WorkflowAddress;
  readonly runs: RunsAddress;
  /** Absent where there is no vault to connect to. */
  readonly connection?: { readonly id: string; readonly name: string };
  readonly definition: Definition;
  /** Whether it runs as soon as it is enabled. */
  readonly startsByItself: boolean;
  /** Requests that may change something: neither GET nor HEAD. As `POST Send order`. */
  readonly changingRequests: readonly string[];
}

/** What runs, and has a history of its runs. */
export type RunningTarget = ConsumptionTarget | StandardTarget;

/** What an app of App Service gets: settings, and access to the vault where it reads one. */
interface SiteCommon extends TargetCommon {
  readonly site: { readonly id: string; readonly name: string; readonly isNew: boolean };
  /** The settings whose values are known before the deployment, by name. */
  readonly settings: Readonly<Record<string, string>>;
}

/** A web app that signs in as the requests do. */
export interface AppServiceTarget extends SiteCommon {
  readonly targetName: 'app-service';
}

/** A workflow of Logic Apps (Standard). */
export interface StandardTarget extends SiteCommon {
  readonly targetName: 'standard';
  readonly workflowName: string;
  readonly runs: RunsAddress;
  readonly definition: Definition;
  /** As of {@link ConsumptionTarget}. */
  readonly changingRequests: readonly string[];
  /** The project with this workflow, as zip deployment takes it. */
  readonly zip: Uint8Array;
  /** The files in it that say what runs, parsed, by path. */
  readonly files: Readonly<Record<string, unknown>>;
}

export type SiteTarget = AppServiceTarget | StandardTarget;
export type DeployTarget = ConsumptionTarget | SiteTarget;
