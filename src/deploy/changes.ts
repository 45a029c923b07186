import type { ForeseenChange, PropertyChange } from '../azure/deployments.ts';
import { wordsOf } from './resource-words.ts';
import type { TargetCommon } from './targets/target.ts';

/** What a deployment does with one resource, as the plan tells it. */
export interface Change {
  readonly action: 'create' | 'change' | 'none' | 'unknown';
  /** In words: `Logic App`. */
  readonly what: string;
  readonly name: string;
  /** For `change`: what becomes different. */
  readonly properties: readonly ChangedProperty[];
  /** Names of other workflows for which it changes too. */
  readonly alsoUsedBy?: readonly string[];
}

export interface ChangedProperty {
  /** From the resource down, with dots: `properties.definition.actions.Get_lists.inputs.uri`. */
  readonly path: string;
  /** Absent where the property is new. */
  readonly before?: unknown;
  /** Absent where it goes away. */
  readonly after?: unknown;
  /** The values are kept from the plan: they say how somebody signs in. */
  readonly isHidden: boolean;
}

/** Of these, a template names a few properties and Azure shows many more: what only Azure has is never a change. */
const filledIn =
  /^microsoft\.(web\/(serverfarms|sites)|storage\/storageaccounts|operationalinsights\/workspaces|insights\/components)$/;

/**
 * What Azure's forecast means for people. Left out: other resources of the group; the access to the vault, which Azure cannot foresee
 * because it hangs on an identity that the deployment makes (it is looked at in another way); and properties that Azure fills in or
 * never shows, which it reports as going away or coming anew at each deployment.
 */
export function toChanges(foreseen: readonly ForeseenChange[]): Change[] {
  return foreseen.flatMap(({ resourceId, kind, properties }): Change[] => {
    const type = typeOf(resourceId);
    const what = wordsOf(type);
    if (what === undefined || kind === 'Ignore') return [];
    const name = resourceId.slice(resourceId.lastIndexOf('/') + 1);
    if (kind === 'Create') return [{ action: 'create', what, name, properties: [] }];
    if (kind === 'Unsupported' || kind === 'Deploy' || kind === 'Delete')
      return [{ action: 'unknown', what, name, properties: [] }];
    const changed = properties.flatMap((property) => leaves(property, '')).filter((property) => !isNoise(type, property));
    return [{ action: changed.length > 0 ? 'change' : 'none', what, name, properties: changed }];
  });
}

/** What a template makes, where nothing is there yet. */
export function changesOfTemplate({ made }: Pick<TargetCommon, 'made'>): Change[] {
  return made.map(({ what, name }) => ({ action: 'create', what, name, properties: [] }));
}

function typeOf(resourceId: string): string {
  const [, provider, type] = /.*\/providers\/([^/]+)\/([^/]+)\/[^/]+$/i.exec(resourceId) ?? [];
  return `${provider}/${type}`.toLowerCase();
}

/** Azure hands on a tree; an array's items are its children, by index. */
function leaves({ path, kind, before, after, children }: PropertyChange, parent: string): ChangedProperty[] {
  const here = parent === '' ? path : `${parent}.${path}`;
  if (kind === 'NoEffect') return [];
  if (children.length > 0) return children.flatMap((child) => leaves(child, here));
  const isHidden = /(^|\.)authentication(\.|$)/i.test(here);
  return [
    {
      path: here,
      isHidden,
      ...(before === undefined || before === null ? {} : { before }),
      ...(after === undefined || after === null ? {} : { after }),
    },
  ];
}

/** Properties that only Azure writes: Microsoft's OpenAPI descriptions have them as read-only. */
const written: Readonly<Record<string, RegExp>> = {
  'microsoft.logic/workflows':
    /^(identity\.(principalId|tenantId)|identity\.userAssignedIdentities\..*\.(principalId|clientId)|properties\.(provisioningState|createdTime|changedTime|version|accessEndpoint|sku|endpointsConfiguration|integrationAccount|integrationServiceEnvironment)(\.|$)|properties\.parameters\.[^.]+\.type$|systemData)/,
  'microsoft.web/connections':
    /^(properties\.(statuses|overallStatus|connectionState|createdTime|changedTime|authenticatedUser|testLinks|testRequests|nonSecretParameterValues|parameterValueSet)(\.|$)|properties\.api\.(?!id$)|systemData|kind$)/,
};

/** What may be given to a connection, and is not shown by it afterwards: as new as it looks, it is the same as before. */
const unseen = /^properties\.(parameterValueType|alternativeParameterValues|customParameterValues)(\.|$)/;

/** The configuration of an app is a resource of its own, which the app shows in part. Source: Microsoft's REST reference "Web Apps - Get". */
const unshown = /^properties\.siteConfig(\.|$)/;

function isNoise(type: string, { path, before, after }: ChangedProperty): boolean {
  if (written[type]?.test(path)) return true;
  if (filledIn.test(type) && after === undefined) return true;
  if (before === undefined && type === 'microsoft.web/sites' && unshown.test(path)) return true;
  if (before === undefined && type === 'microsoft.web/connections' && unseen.test(path)) return true;
  // An empty group or list is the same as none; Azure drops them.
  if (isEmpty(before) && isEmpty(after)) return true;
  return sameInAzure(before, after);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** Ids of resources ignore case, and regions also spaces. */
function sameInAzure(before: unknown, after: unknown): boolean {
  if (typeof before !== 'string' || typeof after !== 'string') return JSON.stringify(before) === JSON.stringify(after);
  if (before === after) return true;
  if (/^\/subscriptions\//i.test(before)) return before.toLowerCase() === after.toLowerCase();
  return false;
}
