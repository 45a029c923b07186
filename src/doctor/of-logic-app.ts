import { needing } from '../azure/needing.ts';
import { findResource } from '../azure/resources.ts';
import { findRun } from '../azure/runs.ts';
import { findVaultNamed } from '../azure/vaults.ts';
import { type DeployedWorkflow, findWorkflow, type WorkflowAddress } from '../azure/workflows.ts';
import { rights } from '../cloud/rights.ts';
import { aroundOf, authenticationOf, connectionApiVersion } from '../deploy/operations/consumption-links.ts';
import { hasFailed } from '../deploy/outcome.ts';
import { reportOf } from '../deploy/run.ts';
import { UsageError } from '../diagnostics/errors.ts';
import { textOf } from '../json/json.ts';
import { member } from '../json/member.ts';
import { inCloud } from '../next/call.ts';
import { commandOf } from '../next/command-line.ts';
import type { SignInAim } from '../proofs/aim.ts';
import { accessLink } from '../proofs/links/access.ts';
import { connectionLink, vaultOfConnection } from '../proofs/links/connection.ts';
import { definitionLinks } from '../proofs/links/definition.ts';
import { type Finding, type Link, ok, type Proof, unknown, wrong } from '../proofs/proof.ts';
import { prove } from '../proofs/prove.ts';
import type { Sight } from '../proofs/sight.ts';
import { type DefinedSignIn, signInsIn } from '../proofs/sign-ins-in.ts';
import { lookAtAccess } from '../proofs/vault-access.ts';
import { type DoctorOptions, withSignIn } from './of-spec.ts';

export interface LogicAppOptions extends Pick<DoctorOptions, 'cloudFile' | 'file' | 'onSecret'> {
  /** Id of a run to explain. */
  readonly run?: string;
}

/** What was found of one sign-in of a Logic App, or of the Logic App itself. */
export interface Chain {
  readonly heading: string;
  readonly proofs: readonly Proof[];
}

/** Where a Logic App (Consumption) is, by its resource id. Throws a UsageError for another text. */
export function addressOf(id: string): WorkflowAddress {
  const [, subscription, resourceGroup, name] =
    /^\/?subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Logic\/workflows\/([^/]+)\/?$/i.exec(id) ?? [];
  if (subscription && resourceGroup && name) return { subscription, resourceGroup, name };
  throw new UsageError(
    `"${id}" is no resource id of a Logic App (Consumption): it reads like /subscriptions/…/resourceGroups/…/providers/Microsoft.Logic/workflows/… (portal, JSON view)`,
  );
}

/**
 * Finds the sign-ins with a certificate in a Logic App that certflow did not make, and looks at the links of each, down to a sign-in for
 * real. Throws an AzureError where the Logic App itself cannot be read.
 */
export async function doctorOfLogicApp(sight: Sight, at: WorkflowAddress, options: LogicAppOptions): Promise<Chain[]> {
  const workflow = await needing(rights.readResources, () => findWorkflow(sight.azure, at));
  const signIns = workflow ? signInsIn(workflow.definition, aroundOf(workflow)) : [];
  const own = await prove(ownLinks(sight, at, workflow, options.run));
  const chains: Chain[] = [{ heading: at.name, proofs: own }];
  for (const signIn of signIns) {
    const links = await chainLinks(sight, at, workflow as DeployedWorkflow, signIn, options);
    chains.push({ heading: `${at.name}, ${signIn.action}`, proofs: await prove(links) });
  }
  return chains;
}

function ownLinks(sight: Sight, at: WorkflowAddress, workflow: DeployedWorkflow | undefined, run: string | undefined): Link[] {
  const known = `Resource Manager shows the Logic App ${at.name}`;
  const list = commandOf(
    'az',
    'resource',
    'list',
    '--resource-type',
    'Microsoft.Logic/workflows',
    '--subscription',
    at.subscription,
  );
  return [
    {
      link: 'Logic App',
      known,
      look: async () =>
        workflow
          ? ok(`${at.name} is in ${at.resourceGroup}`)
          : wrong(`${at.name} is not in ${at.resourceGroup}`, 'Check its id.', list),
    },
    ...definitionLinks({
      needs: ['Logic App'],
      deployed: async () => ({ definition: workflow?.definition, around: aroundOf(workflow) }),
      cure: { cure: 'Mend it in the designer; the rules say how.', command: 'certflow rules' },
    }),
    {
      link: 'state',
      known,
      needs: ['Logic App'],
      look: async () =>
        workflow?.state === 'Enabled'
          ? ok(`${at.name} is enabled`)
          : wrong(
              `${at.name} is ${workflow?.state.toLowerCase()}`,
              'Enable it.',
              commandOf('az', 'resource', 'invoke-action', '--action', 'enable', '--ids', idOf(at)),
            ),
    },
    ...(run === undefined ? [] : [runLink(sight, at, run)]),
  ];
}

function idOf({ subscription, resourceGroup, name }: WorkflowAddress): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Logic/workflows/${name}`;
}

function runLink({ azure }: Sight, at: WorkflowAddress, id: string): Link {
  return {
    link: 'run',
    about: id,
    known: 'the history of the run, action by action',
    needs: ['Logic App'],
    look: async (): Promise<Finding> => {
      const run = await needing(rights.readResources, () => findRun(azure, at, id));
      const list = commandOf('az', 'rest', '--method', 'get', '--url', `${idOf(at)}/runs?api-version=2016-06-01`);
      if (!run) return wrong('there is no run of this id', 'Look which there are.', list);
      const report = await reportOf(azure, at, run);
      if (!hasFailed(report)) return ok(`it ended as ${run.status}`);
      const failed = report.actions.find(({ status, causes }) => status === 'Failed' && causes.length > 0);
      const [cause] = failed?.causes ?? run.causes;
      const code = /AADSTS\d+/.exec(cause?.message ?? '')?.[0] ?? cause?.code ?? '';
      return wrong(
        `${failed?.name ?? 'it'} failed${cause ? `: ${[cause.code, cause.message].filter(Boolean).join(': ')}` : ''}`,
        report.cure ?? 'Look at the links of the sign-in, below.',
        commandOf('certflow', 'explain', code || 'ActionFailed'),
      );
    },
  };
}

async function chainLinks(
  sight: Sight,
  at: WorkflowAddress,
  workflow: DeployedWorkflow,
  signIn: DefinedSignIn,
  options: LogicAppOptions,
): Promise<Link[]> {
  const { tenant, clientId, audience, secret } = signIn;
  const open = Object.entries({ tenant, 'client id': clientId, audience, 'name of the secret': secret?.name }).flatMap(
    ([name, value]) => (value === undefined ? [name] : []),
  );
  const known = 'the sign-ins in the definition that is deployed, with the values of its parameters';
  if (tenant === undefined || clientId === undefined || audience === undefined || secret?.name === undefined)
    return [
      {
        link: 'values',
        known,
        look: async () =>
          unknown(
            `the definition does not tell the ${open.join(', ')} of ${signIn.action}: a run knows`,
            'Try the certificate alone: "certflow doctor" with --pfx, --tenant, --client-id and --audience.',
          ),
      },
    ];
  const { connectionId, connection } = await connectionOf(sight, workflow, secret.connection);
  const vaultName = connection && vaultOfConnection(connection);
  const vault =
    vaultName === undefined
      ? undefined
      : await sight.once(['vault named', at.subscription, vaultName], () =>
          findVaultNamed(sight.azure, at.subscription, vaultName),
        );
  const aim: SignInAim = {
    tenant,
    clientId,
    vault: { name: vaultName ?? '', ...(vault ? { id: vault.id, access: vault.access } : {}) },
    certificate: { name: secret.name, ...(secret.version === undefined ? {} : { version: secret.version }) },
    requests: [
      { name: signIn.action, method: signIn.method, audience, ...(signIn.url === undefined ? {} : { url: signIn.url }) },
    ],
    permissions: [],
    line: inCloud(options.cloudFile),
  };
  const cure = {
    cure: 'Mend the connection of the Logic App (portal, API connections).',
    command: commandOf('az', 'resource', 'show', '--ids', connectionId),
  };
  const authentication = authenticationOf(workflow, connectionId);
  const identity = member(authentication, 'identity');
  const connected = connectionLink({
    wanted: {
      name: connectionId.slice(connectionId.lastIndexOf('/') + 1),
      kind: 'V1',
      vault: vaultName ?? '',
      ...(typeof identity === 'string' ? { identity } : {}),
    },
    connection: async () => connection,
    authentication: async () => authentication,
    cure,
  });
  if (vaultName === undefined) return [connected];
  const access = vault
    ? [
        accessLink({
          vault: vaultName,
          needs: ['connection'],
          runner: async () => workflow,
          identity: typeof identity === 'string' ? identity : undefined,
          look: () =>
            lookAtAccess(
              sight.azure,
              {
                vault: { id: vault.id, name: vaultName, access: vault.access },
                place: typeof identity === 'string' ? { userAssignedIdentity: identity } : {},
              },
              workflow,
            ),
          cure: {
            cure: 'Give its identity the role "Key Vault Secrets User" on the vault.',
            command: commandOf(
              ...['az', 'role', 'assignment', 'create', '--role', 'Key Vault Secrets User', '--scope', vault.id],
              ...['--assignee-principal-type', 'ServicePrincipal', '--assignee-object-id', workflow.principalId ?? '<identity>'],
            ),
          },
          isLeftToOthers: false,
        }),
      ]
    : [];
  return [...withSignIn(sight, aim, options), connected, ...access];
}

/** The connection that reads the secret, by its key in the workflow. */
async function connectionOf({ azure }: Sight, { parameters }: DeployedWorkflow, key: string | undefined) {
  const all = parameters.$connections?.value;
  const connectionId = textOf(member(all, key ?? 'keyvault', 'connectionId'));
  if (connectionId === '') return { connectionId, connection: undefined };
  const connection = await needing(rights.readResources, () =>
    findResource(azure, connectionId, connectionApiVersion, 'the connection to the vault'),
  );
  return { connectionId, connection };
}
