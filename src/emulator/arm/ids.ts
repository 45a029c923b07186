/** The parts of a resource's id. */
export interface ResourceId {
  /** As written. */
  readonly id: string;
  readonly subscription: string;
  /** Empty where the resource is in no group. */
  readonly group: string;
  /** What it stands on: the resource group, or, for a role assignment, anything. */
  readonly scope: string;
  /** Such as `Microsoft.KeyVault/vaults/secrets`. */
  readonly type: string;
  /** Such as `kv-contoso/my-secret`. */
  readonly name: string;
  /** The last part of the name. */
  readonly shortName: string;
}

/** Undefined where the text is no id of a resource in a subscription. */
export function parseResourceId(id: string): ResourceId | undefined {
  const at = id.toLowerCase().lastIndexOf('/providers/');
  const scope = id.slice(0, Math.max(0, at));
  const place = /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?(?:\/|$)/i.exec(scope);
  const [namespace, ...rest] = id.slice(at + '/providers/'.length).split('/');
  if (at === -1 || place === null || !namespace || rest.length < 2 || rest.length % 2 !== 0 || rest.includes(''))
    return undefined;
  const types = rest.filter((_, index) => index % 2 === 0);
  const names = rest.filter((_, index) => index % 2 === 1);
  return {
    id,
    scope,
    subscription: place[1] as string,
    group: place[2] ?? '',
    type: [namespace, ...types].join('/'),
    name: names.join('/'),
    shortName: names.at(-1) as string,
  };
}

/** The id of a resource by its type and its name, whose parts belong together: `a/b` and `x/y` of one namespace. */
export function resourceId(scope: string, type: string, names: readonly string[]): string {
  const [namespace, ...types] = type.split('/');
  return `${scope}/providers/${namespace}${types.map((one, index) => `/${one}/${names[index]}`).join('')}`;
}

/** The id of what a child stands in; undefined for what is no child. */
export function parentId({ scope, type, name }: ResourceId): string | undefined {
  const names = name.split('/').slice(0, -1);
  return names.length === 0 ? undefined : resourceId(scope, type.split('/').slice(0, -1).join('/'), names);
}
