import { isDeveloperMachine } from '../spec/developer-machine.ts';
import type { Environment } from '../spec/spec.ts';
import type { FormatName } from './index.ts';

/** The formats that an environment's targets call for; the bare definition where it names none. */
export function formatsFor(environment: Environment): FormatName[] {
  if (isDeveloperMachine(environment)) return ['app-service'];
  const { consumption, standard, appService, powerAutomate } = environment.targets;
  const called: FormatName[] = [
    ...(consumption ? (['definition'] as const) : []),
    ...(standard ? (['standard-project'] as const) : []),
    ...(appService ? (['app-service'] as const) : []),
    // Without a solution it is a package of its own.
    ...(powerAutomate ? [powerAutomate.solution === undefined ? ('flow-package' as const) : ('solution' as const)] : []),
  ];
  return called.length > 0 ? called : ['definition'];
}
