import { issueServerCertificate, privateKeyToPem } from '../certificate/index.ts';
import type { CloudProfile } from '../cloud/profile.ts';
import { UsageError } from '../diagnostics/errors.ts';
import { armService } from './arm/service.ts';
import { addDeployer, authorityIn, deployerAppId, deployerCertificateIn, deployerFile, deployerGraphRoles } from './deployer.ts';
import { addFirstParty, addUser } from './entra/directory.ts';
import { entraService } from './entra/service.ts';
import { type OtherAuthority, Tokens } from './entra/tokens.ts';
import { Folder } from './folder.ts';
import { graphService } from './graph/service.ts';
import { sharePointName } from './graph/sites.ts';
import { type Ground, layGround } from './ground.ts';
import { type Fault, Faults } from './http/faults.ts';
import { type Listening, listen } from './http/listen.ts';
import { type Recorded, type ServiceName, serviceNames } from './http/recorded.ts';
import { Dispatcher, type Service } from './http/service.ts';
import { type IdentityVariables, identityVariables } from './runs/identity-endpoint.ts';
import { logicService } from './runs/service.ts';
import { breakOff, State } from './state.ts';
import { Tasks } from './tasks.ts';
import { vaultService } from './vault/service.ts';
import { audiences, type Pace, type World } from './world.ts';

export interface EmulatorOptions {
  /** Keeps everything from one start to the next, and holds `cloud.json`. Without it nothing is kept. */
  readonly folder?: string;
  /** The first of five ports in a row. Default: any that are free. */
  readonly port?: number;
  readonly tenantId?: string;
  readonly subscriptions?: readonly string[];
  /** Milliseconds. Default: none. */
  readonly pace?: Partial<Pace>;
  /** Application permissions on Microsoft Graph of the app that signs in. */
  readonly graphRoles?: readonly string[];
  /** Signs people in instead of the emulator's own token endpoint, which goes on for what runs inside. */
  readonly authority?: OtherAuthority;
  /** People of the tenant, by the name that they sign in with. */
  readonly users?: readonly string[];
  /** What is to be there already, besides what is kept in the folder. */
  readonly ground?: readonly Ground[];
  /** What Azure would refuse in a workflow's definition. Without it every definition is taken. */
  readonly validateWorkflow?: World['validateWorkflow'];
  /** Between two looks of a client at something that takes time, and before a repeated request; goes into the profile. */
  readonly delays?: CloudProfile['delays'] & object;
  /** Hears of each request when it was answered. The emulator itself remembers none, so that it can run for weeks. */
  readonly onRequest?: (recorded: Recorded) => void;
}

export interface Emulator {
  readonly profile: CloudProfile;
  /** The profile as a file, for `--cloud-file`. */
  readonly cloudFile: string;
  readonly setFaults: (faults: readonly Fault[]) => void;
  /** Milliseconds until a new role assignment counts. */
  readonly setReplicationDelay: (milliseconds: number) => void;
  /** How far the clock of the sign-in is ahead of this machine's, in milliseconds. */
  readonly setClock: (ahead: number) => void;
  /** What is remembered: a test breaks what no request can. */
  readonly state: State;
  /** Whatever takes time (`pace`) goes no further until the function that this gives is called. */
  readonly hold: () => () => void;
  /** What code in an app is told of where it gets tokens of the app's identities, by the app's resource id; undefined for no app. */
  readonly identityVariables: (siteId: string) => IdentityVariables | undefined;
  readonly close: () => Promise<void>;
}

const defaults = {
  tenantId: '11111111-1111-1111-1111-111111111111',
  subscriptions: ['33333333-3333-3333-3333-333333333333'],
  delays: { poll: 200, retry: 200 },
  users: ['flows@contoso.com'],
};

const ownDomain = 'contoso.onmicrosoft.com';

const stateFile = 'state.json';

/**
 * Starts a loopback Azure: sign-in, Resource Manager, Key Vault, Microsoft Graph and the addresses of workflows, each on a port of
 * its own of 127.0.0.1, with HTTPS. Throws a UsageError where a port or the folder cannot be used.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const folder = new Folder(options.folder);
  const open: Listening[] = [];
  try {
    const authority = await authorityIn(folder);
    const server = await issueServerCertificate(authority, ['localhost']);
    const tls = {
      key: privateKeyToPem(server.privateKey, undefined),
      cert: server.certificate.toString() + authority.certificate.toString(),
    };
    for (const index of serviceNames.keys()) open.push(await listen(tls, options.port ? options.port + index : 0));
    const addresses = Object.fromEntries(
      serviceNames.map((name, index) => [name, `https://localhost:${open[index]?.port}`]),
    ) as Record<ServiceName, string>;
    return await serve(options, folder, open, addresses, authority.certificate.toString());
  } catch (error) {
    for (const listening of open) await listening.close();
    folder.close();
    throw error;
  }
}

async function serve(
  options: EmulatorOptions,
  folder: Folder,
  open: readonly Listening[],
  addresses: World['addresses'],
  certificateAuthority: string,
): Promise<Emulator> {
  const tenantId = (options.tenantId ?? defaults.tenantId).toLowerCase();
  const subscriptions = (options.subscriptions ?? defaults.subscriptions).map((id) => id.toLowerCase());
  const state = stateIn(folder);
  breakOff(state);
  if (state.servicePrincipals.size === 0) addFirstParty(state);
  addDeployer(state, await deployerCertificateIn(folder), subscriptions, options.graphRoles ?? deployerGraphRoles);
  for (const user of options.users ?? defaults.users) addUser(state, user);

  const ground = options.ground ?? [];
  const faults = new Faults();
  const tasks = new Tasks();
  const save = () => {
    if (options.folder !== undefined) folder.write(stateFile, JSON.stringify(state));
  };
  let ahead = 0;
  const dispatchers = new Map<ServiceName, Dispatcher>();
  const world: World = {
    state,
    tokens: await Tokens.create(addresses.entra, options.authority),
    authority: options.authority?.address ?? addresses.entra,
    tenantId,
    domain: ownDomain,
    domains: [ownDomain, ...ground.flatMap(({ domain }) => domain ?? [])],
    sharePointNames: [ownDomain, ...ground.flatMap(({ hosts }) => hosts)].map(sharePointName),
    subscriptions,
    addresses,
    pace: { step: options.pace?.step ?? 0, replication: options.pace?.replication ?? 0 },
    now: () => new Date(Date.now() + ahead),
    validateWorkflow: options.validateWorkflow ?? (() => undefined),
    send: async (service, request) => (await dispatchers.get(service)?.answer(request)) ?? 'broken',
    goOn: (work) => tasks.add(work().finally(save)),
    pause: (milliseconds) => tasks.pause(milliseconds),
  };
  for (const one of ground) await layGround(world, one);
  const services: readonly Service[] = [
    entraService(world),
    armService(world),
    vaultService(world),
    graphService(world),
    logicService(world),
  ];
  for (const service of services) {
    const dispatcher = new Dispatcher(service, options.onRequest ?? (() => {}), faults, save);
    dispatchers.set(service.name, dispatcher);
    open[serviceNames.indexOf(service.name)]?.serve(dispatcher);
  }
  const profile: CloudProfile = {
    name: 'emulator',
    authority: world.authority,
    resourceManager: { endpoint: addresses.arm, audience: audiences.arm[0] },
    graph: { endpoint: addresses.graph, audience: audiences.graph[0] },
    vault: { endpoint: `${addresses.vault}/vaults/{name}`, audience: audiences.vault[0] },
    apis: `${addresses.logic}/apis/{host}`,
    certificateAuthority,
    signIn: { tenantId, clientId: deployerAppId, certificatePath: folder.file(deployerFile) },
    delays: options.delays ?? defaults.delays,
  };
  folder.write('cloud.json', `${JSON.stringify(profile, null, 2)}\n`);
  save();
  return {
    profile,
    cloudFile: folder.file('cloud.json'),
    setFaults: (given) => faults.set(given),
    setReplicationDelay: (milliseconds) => {
      world.pace.replication = milliseconds;
    },
    setClock: (milliseconds) => {
      ahead = milliseconds;
    },
    state,
    hold: () => tasks.hold(),
    identityVariables: (siteId) => {
      const site = state.resources.get(siteId.toLowerCase());
      return site && identityVariables(world, site);
    },
    close: async () => {
      await tasks.end();
      await Promise.all(open.map((listening) => listening.close()));
      save();
      folder.close();
    },
  };
}

function stateIn(folder: Folder): State {
  const text = folder.read(stateFile);
  if (text === undefined) return new State();
  try {
    return State.from(JSON.parse(text));
  } catch (error) {
    throw new UsageError(
      `${folder.file(stateFile)} is no state of the emulator: delete it to begin anew, or name another folder`,
      {
        cause: error,
      },
    );
  }
}
