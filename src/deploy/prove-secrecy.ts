import { isDeepStrictEqual } from 'node:util';
import type { Definition } from '../definition/definition.ts';
import { isObject } from '../json/json.ts';
import type { Proof } from './prove.ts';

/** Secret values stay out of run history only by the settings of each action: somebody may have changed them in the designer. */
export function proofOfSecrecy(wanted: Definition, found: unknown): Proof {
  const what = 'secure settings';
  const deployed = isObject(found) && isObject(found.actions) ? found.actions : {};
  const different = Object.entries(wanted.actions ?? {})
    .filter(([name, action]) => !isDeepStrictEqual(secureData(action), secureData(deployed[name])))
    .map(([name]) => name);
  if (different.length === 0) return { what, result: 'holds', found: 'run history hides what it should' };
  return {
    what,
    result: 'does not hold',
    found: `${different.join(', ')} ${different.length === 1 ? 'does' : 'do'} not hide what the spec hides`,
    cure: 'Deploy again, and have a new version of the certificate made where a run has shown the old one.',
  };
}

function secureData(action: unknown): string[] {
  const configuration =
    isObject(action) && isObject(action.runtimeConfiguration) ? action.runtimeConfiguration.secureData : undefined;
  return isObject(configuration) && Array.isArray(configuration.properties) ? configuration.properties.map(String).sort() : [];
}
