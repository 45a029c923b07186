import type { Definition, Host } from '../definition/definition.ts';
import { Findings } from '../spec/findings.ts';
import type { Environment, Spec } from '../spec/spec.ts';
import { SpecError } from '../spec/spec-error.ts';
import type { WorkflowFile } from '../spec/workflow-file.ts';
import type { Parameter, Trigger, Workflow } from './workflow.ts';

/**
 * The workflow of a spec that names the file of it: its definition is that of the file, and its parameters have the values of the spec.
 * Throws a SpecError where it runs on another host, or is not to be deployed without the files around it.
 */
export function workflowFromFile(spec: Spec, file: WorkflowFile, host: Host): Workflow {
  const problem = file.problem ?? (file.host === host ? undefined : `it runs on the host ${file.host}, and this is for ${host}`);
  if (problem !== undefined) {
    const findings = new Findings(spec.source);
    const help = 'what the spec says of certificate, vault and app registration is used all the same: setup, doctor, cert rotate';
    findings.error('spec-value', '/workflow/file', `the workflow cannot be made from here: ${problem}`, help);
    throw new SpecError(findings.errors);
  }
  const { secret, parameters } = file;
  return {
    name: spec.name,
    trigger: triggerOf(spec),
    parameters: parametersOf(spec, file),
    ...(secret && {
      secretStep: {
        actionName: secret.action,
        nameParameter: parameters.certificateName ?? '',
        ...(secret.connection !== undefined && { connection: secret.connection }),
      },
    }),
    httpSteps: [],
    rawActions: {},
    suppressions: [],
    definition: file.definition as unknown as Definition,
  };
}

function triggerOf({ trigger: { recurrence, request } }: Spec): Trigger {
  if (recurrence) return { kind: 'recurrence', recurrence };
  return request ? { kind: 'request', request } : { kind: 'manual' };
}

/** The parameters whose values a spec says; the others have those of the file. */
function parametersOf(spec: Spec, { parameters: { tenantId, clientId, certificateName, audiences } }: WorkflowFile): Parameter[] {
  const found = new Map<string, Parameter>();
  const add = (name: string | undefined, meaning: string, value: (environment: Environment) => string | undefined) => {
    if (name === undefined || found.has(name.toLowerCase())) return;
    const values = [...spec.environments.values()].map((environment) => [environment.name, value(environment)] as const);
    found.set(name.toLowerCase(), {
      name,
      meaning,
      values: new Map(values.filter((entry): entry is [string, string] => entry[1] !== undefined)),
    });
  };
  add(tenantId, 'Tenant of the app registration', ({ appRegistration }) => appRegistration.tenantId);
  add(clientId, 'Application (client) id of the app registration', ({ appRegistration }) => appRegistration.clientId);
  for (const [index, { name }] of spec.requests.entries())
    add(audiences.get(name), `Identifier of the API that "${name}" calls`, ({ addresses }) => addresses[index]?.audience);
  add(certificateName, 'Name of the certificate in the vault', ({ certificate }) => certificate?.name);
  return [...found.values()];
}
