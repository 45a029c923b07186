import type { ErrorCause } from '../azure/answer.ts';
import type { Azure } from '../azure/azure.ts';
import { AzureError, knownTrouble } from '../azure/azure-error.ts';
import { type DeploymentAddress, type DeploymentOperation, listOperations } from '../azure/deployments.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { RefusedError } from '../diagnostics/errors.ts';
import { placeInSpec } from './spec-place.ts';
import type { DeployTarget } from './targets/target-of.ts';

/** One resource that a deployment could not make. */
export interface FailedResource {
  readonly type: string;
  readonly name: string;
  readonly causes: readonly ErrorCause[];
  readonly cure?: string;
  /** Where in the spec it comes from, where there is such a place. */
  readonly place?: Pick<Diagnostic, 'file' | 'pointer' | 'range'>;
}

/** A deployment that Azure took and could not finish. */
export class DeploymentFailed extends RefusedError {
  override readonly name = 'DeploymentFailed';
  readonly resources: readonly FailedResource[];

  constructor(deployment: string, state: string, resources: readonly FailedResource[]) {
    super(
      `The deployment ${deployment} ended as ${state}.\n${resources.map(sentences).join('\n')}\nThen run the same command again: what is there already stays.`,
    );
    this.resources = resources;
  }
}

/**
 * Finds out why a deployment failed. The SDK knows only "At least one resource deployment operation failed": the causes are with the
 * operations, and with those of the deployments inside it.
 */
export async function whyItFailed(
  azure: Azure,
  target: DeployTarget,
  state: string,
  causes: readonly ErrorCause[],
): Promise<DeploymentFailed> {
  const failed = await failedOperations(azure, target.deployment, 0);
  const resources = failed.map(({ type, name, causes }) => toFailed(target, type, name, causes));
  return new DeploymentFailed(
    target.deployment.name,
    state,
    resources.length > 0 ? resources : [toFailed(target, 'Microsoft.Resources/deployments', target.deployment.name, causes)],
  );
}

async function failedOperations(azure: Azure, at: DeploymentAddress, depth: number): Promise<DeploymentOperation[]> {
  const failed = (await listOperations(azure, at)).filter(({ state }) => state === 'Failed');
  const found: DeploymentOperation[] = [];
  for (const operation of failed) {
    const inside = depth < 3 ? innerDeployment(operation) : undefined;
    const inner = inside ? await failedOperations(azure, inside, depth + 1).catch(nothingFound) : [];
    found.push(...(inner.length > 0 ? inner : [operation]));
  }
  return found;
}

/** Whoever may deploy into another group may still not look there: then the outer cause must do. */
function nothingFound(error: unknown): DeploymentOperation[] {
  if (error instanceof AzureError && error.kind === 'refused') return [];
  throw error;
}

function innerDeployment({ type, resourceId }: DeploymentOperation): DeploymentAddress | undefined {
  if (type.toLowerCase() !== 'microsoft.resources/deployments') return undefined;
  const [, subscription, resourceGroup, name] =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Resources\/deployments\/([^/]+)$/i.exec(
      resourceId,
    ) ?? [];
  return subscription && resourceGroup && name ? { subscription, resourceGroup, name } : undefined;
}

function toFailed(target: DeployTarget, type: string, name: string, causes: readonly ErrorCause[]): FailedResource {
  const [first, ...details] = causes;
  const known = knownTrouble({ code: first?.code ?? '', message: first?.message ?? '', details });
  const place = placeInSpec(target, causes);
  return { type, name, causes, ...(known ? { cure: known.cure } : {}), ...(place ? { place } : {}) };
}

function sentences({ type, name, causes, cure, place }: FailedResource): string {
  const lines = causes.map(({ code, message }) => `    ${[code, message].filter(Boolean).join(': ')}`);
  return [
    `  ${type} ${name}`,
    ...(lines.length > 0 ? lines : ['    Azure gives no reason.']),
    ...(place?.range ? [`    at ${place.file}:${place.range.start.line}:${place.range.start.column} (${place.pointer})`] : []),
    `    ${cure ?? 'Mend what Azure names here; a passing trouble of the service mends itself.'}`,
  ].join('\n');
}
