import { limits } from '../../definition/limits.ts';
import { lacking } from '../../spec/required.ts';
import type { Environment, Spec } from '../../spec/spec.ts';
import type { StandardNames } from '../../workflow/dialects/standard.ts';

/**
 * Folders that a project has besides its workflows, the one name that the Functions host refuses (`ScriptHost.cs`:
 * `^[a-z][a-z0-9_\-]{0,127}$(?<!^host$)`), and those that Windows keeps for devices. Source: docs/facts/standard-project.md#files.
 */
const takenName = /^(?:artifacts|lib|workflow-designtime|host|con|prn|aux|nul|com\d|lpt\d)$/i;

/** The name of a spec's workflow in a project: that of its folder. Throws a SpecError for one that will not do. */
export function workflowName(spec: Spec, environment: Environment): string {
  const name = environment.targets.standard?.workflowName ?? spec.name;
  // What VS Code takes; docs/facts/standard-project.md#files.
  const isName = /^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$/i.test(name) && name.length <= limits.workflowNameStandard;
  if (isName && !takenName.test(name)) return name;
  throw lacking(spec, environment, [
    {
      path: ['targets', 'standard', 'workflowName'],
      message: `"${name}" cannot be the name of a workflow in Logic Apps (Standard)`,
      help: `write as targets.standard.workflowName a name of at most ${limits.workflowNameStandard} letters, digits and single '-' or '_', a letter first, that is not host, no other folder of a project and no device of Windows`,
    },
  ]);
}

/** How the workflow's parameters, settings and connection are called. Two workflows of a project have none in common. */
export function standardNames(spec: Spec, environment: Environment): StandardNames {
  const { keyVaultConnector = 'builtIn', connectionName } = environment.targets.standard ?? {};
  // Names of app settings have no hyphen. Doubling the other one keeps a-b and a_b apart.
  const prefix = workflowName(spec, environment).replaceAll('_', '__').replaceAll('-', '_');
  return { prefix, connector: keyVaultConnector, connection: connectionName ?? `keyVault_${prefix}` };
}
