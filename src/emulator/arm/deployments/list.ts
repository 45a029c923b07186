import { TemplateError } from '../../../template-language/resolve.ts';
import type { Known } from '../../../template-language/value.ts';
import type { World } from '../../world.ts';
import { configOf } from '../providers/sites.ts';

/** What `list…()` of a template gives; the name in lower case. Throws a TemplateError for what is not there, or has nothing to list here. */
export function listed(world: World, name: string, id: string): Known {
  const resource = configOf(world, id);
  if (resource === undefined) throw new TemplateError(`The resource '${id}' that ${name}() names was not found.`);
  if (name === 'list' && resource.type === 'Microsoft.Web/sites/config') return { ...resource } as Known;
  if (name === 'listkeys' && resource.type === 'Microsoft.Storage/storageAccounts')
    return { keys: [{ keyName: 'key1', value: Buffer.from(resource.id).toString('base64'), permissions: 'FULL' }] };
  throw new TemplateError(`The emulator has no ${name}() of '${resource.type}'.`);
}
