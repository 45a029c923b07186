import { UsageError } from '../diagnostics/errors.ts';
import { choice } from '../diagnostics/words.ts';
import type { Environment, Spec } from './spec.ts';

/**
 * The environment of a name; without a name, the only one there is.
 * Throws a UsageError that lists the environments where the name is unknown or missing.
 */
export function chooseEnvironment(spec: Spec, name: string | undefined): Environment {
  const names = [...spec.environments.keys()];
  const [only] = names;
  if (name === undefined && names.length > 1)
    throw new UsageError(
      `${spec.source.file} has ${names.length} environments, and none was named: ${names.join(', ')}. Name one, such as -e ${only}`,
    );
  const environment = spec.environments.get(name ?? only ?? '');
  if (environment) return environment;
  if (only === '')
    throw new UsageError(`${spec.source.file} has no environments, so "${name}" cannot be chosen: leave the environment out`);
  throw new UsageError(`${spec.source.file} has no environment "${name}": ${choice(name ?? '', names)}`);
}
