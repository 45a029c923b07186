import type { Azure } from '../../azure/azure.ts';
import { needing } from '../../azure/needing.ts';
import { findResource } from '../../azure/resources.ts';
import { type DeployedWorkflow, findWorkflow } from '../../azure/workflows.ts';
import { rights } from '../../cloud/rights.ts';
import type { Definition } from '../../definition/definition.ts';
import { resolve } from '../../infrastructure/resolve.ts';
import { hasMembers, parameter } from '../../infrastructure/value.ts';
import { textOf } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { certflow } from '../../next/command-line.ts';
import type { SignInAim } from '../../proofs/aim.ts';
import { accessLink } from '../../proofs/links/access.ts';
import { connectionLink, type WantedConnection } from '../../proofs/links/connection.ts';
import { definitionLinks } from '../../proofs/links/definition.ts';
import { valuesLink } from '../../proofs/links/values.ts';
import { type Link, ok, wrong } from '../../proofs/proof.ts';
import { allSignInsIn } from '../../proofs/sign-ins-in.ts';
import { lookAtAccess } from '../../proofs/vault-access.ts';
import type { ConsumptionTarget } from '../targets/target.ts';

export const connectionApiVersion = '2016-06-01';

/** What must hold of a Logic App (Consumption), its connection and its identity. */
export function consumptionLinks(azure: Azure, target: ConsumptionTarget, { line }: Pick<SignInAim, 'line'>): Link[] {
  const { workflow, connection, vault, definition } = target;
  const wanted = wantedConnection(target);
  let found: Promise<DeployedWorkflow | undefined> | undefined;
  const deployed = () => {
    found ??= needing(rights.readResources, () => findWorkflow(azure, workflow));
    return found;
  };
  const cure = { cure: 'Deploy again.', command: certflow(line, 'deploy') };
  const needs = ['Logic App'] as const;
  return [
    {
      link: 'Logic App',
      known: `Resource Manager shows the Logic App ${workflow.name}`,
      look: async () => {
        const there = await deployed();
        if (there) return ok(`${workflow.name} is in ${workflow.resourceGroup}`);
        return wrong(`${workflow.name} is not in ${workflow.resourceGroup}`, 'Deploy it.', cure.command);
      },
    },
    valuesLink({
      needs,
      wanted: allSignInsIn(definition, { host: 'consumption', parameters: workflowValues(target) }),
      deployed: async () => {
        const there = await deployed();
        return allSignInsIn(there?.definition, aroundOf(there));
      },
      cure,
    }),
    ...(connection && wanted
      ? [
          connectionLink({
            needs,
            wanted,
            connection: () =>
              needing(rights.readResources, () =>
                findResource(azure, connection.id, connectionApiVersion, `the connection ${connection.name}`),
              ),
            authentication: async () => authenticationOf(await deployed(), connection.id, connectionKey(definition)),
            cure,
          }),
        ]
      : []),
    ...(vault
      ? [
          accessLink({
            vault: vault.name,
            needs,
            look: async () => lookAtAccess(azure, { ...target, vault }, await deployed()),
            runner: deployed,
            identity: target.place.userAssignedIdentity,
            cure,
            isLeftToOthers: target.vaultAccess === undefined,
          }),
        ]
      : []),
    ...definitionLinks({
      needs,
      wanted: {
        definition,
        around: { host: 'consumption', parameters: workflowValues(target), accessControl: wantedAccessControl(target) },
      },
      deployed: async () => {
        const there = await deployed();
        return { definition: there?.definition, around: aroundOf(there) };
      },
      cure: {
        cure: 'Deploy again, and have a new version of the certificate made where a run has shown the old one.',
        command: cure.command,
      },
    }),
    {
      link: 'state',
      known: `Resource Manager shows the Logic App ${workflow.name}`,
      needs,
      // One with a schedule stays disabled until then.
      after: ['access to the vault', 'identity permissions'],
      look: async () => {
        const state = (await deployed())?.state ?? '';
        if (state === 'Enabled') return ok(`${workflow.name} is enabled`);
        return wrong(
          `${workflow.name} is ${state.toLowerCase()}`,
          `Deploy again: that enables the Logic App as soon as its identity ${vault ? 'may read the vault' : 'has its permissions'}.`,
          cure.command,
        );
      },
    },
  ];
}

/** The connection that a target makes, as Azure shows it; undefined where it makes none. */
export function wantedConnection({ place, connection, vault }: ConsumptionTarget): WantedConnection | undefined {
  const { userAssignedIdentity } = place;
  if (!connection || !vault) return undefined;
  return {
    name: connection.name,
    kind: 'V1',
    vault: vault.name,
    ...(userAssignedIdentity === undefined ? {} : { identity: userAssignedIdentity }),
  };
}

/** Values of the workflow's parameters. */
export function workflowValues({
  infrastructure,
  known,
}: ConsumptionTarget): Readonly<Record<string, { readonly value: unknown }>> {
  return Object.fromEntries(infrastructure.workflowParameters.map((name) => [name, { value: resolve(parameter(name), known) }]));
}

/** Who may call the workflow; an empty group where the spec does not say it. */
function wantedAccessControl({ infrastructure, known }: ConsumptionTarget): unknown {
  const { properties = {} } = infrastructure.workflow.members ?? {};
  const accessControl = hasMembers(properties) ? properties.accessControl : undefined;
  return accessControl === undefined ? {} : resolve(accessControl, known);
}

/** What surrounds a deployed definition. */
export function aroundOf(workflow: DeployedWorkflow | undefined) {
  const { parameters = {}, accessControl } = workflow ?? {};
  return { host: 'consumption' as const, parameters, accessControl };
}

/** The key by which the secrets of a definition are read. */
function connectionKey(definition: Definition): string | undefined {
  return allSignInsIn(definition, { host: 'consumption' }).find(({ secret }) => secret?.connection !== undefined)?.secret
    ?.connection;
}

/** What a workflow is told of a connection: how it signs in there. `key`: that by which it reads, where the definition has one. */
export function authenticationOf(workflow: DeployedWorkflow | undefined, connectionId: string, key?: string): unknown {
  const all = (workflow?.parameters.$connections?.value ?? {}) as Readonly<Record<string, unknown>>;
  const connections = key === undefined ? Object.values(all) : [all[key]];
  const used = connections.find((one) => textOf(member(one, 'connectionId')).toLowerCase() === connectionId.toLowerCase());
  return member(used, 'connectionProperties', 'authentication');
}
