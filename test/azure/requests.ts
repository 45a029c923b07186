import { globSync, readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../src/azure/', import.meta.url));

/** What the requests of all services go through: whoever sends one calls these, or Graph's `listAll`. */
const plumbing = ['attempt', 'make-once', 'needing', 'pages', 'rest', 'wait', 'when-replicated'];

/** The functions of src/azure that send requests, as `file function`, with their text. */
export function requestFunctions(): Map<string, string> {
  const files = globSync('*.ts', { cwd: folder }).filter((file) => !plumbing.includes(basename(file, '.ts')));
  return new Map(
    files.flatMap((file) =>
      readFileSync(folder + file, 'utf8')
        .split(/\n(?=export )/)
        .flatMap((text): [string, string][] => {
          const [, name] = /^export (?:async )?function (\w+)(?:<\w+>)?\(\s*azure: Azure,?[\s\S]*?\): Promise</.exec(text) ?? [];
          return name === undefined || name === 'listAll' ? [] : [[`${basename(file, '.ts')} ${name}`, text]];
        }),
    ),
  );
}

/** What is known of a request besides its code. */
interface Known {
  /**
   * The action by which Azure gives the right to it, where the code names none of `src/cloud/rights.ts`. Sources: Microsoft's lists of
   * operations of the resource providers.
   */
  readonly action?: string;
  /** The test in which Microsoft judges it, or why there is none. */
  readonly judged: keyof typeof judges | `none: ${string}`;
  /** The sweep of test/full in which each fault befalls it, or why there is none. */
  readonly swept: keyof typeof sweeps | `none: ${string}`;
}

export const judges = {
  commands: 'test/full/openapi-commands.test.ts',
  setup: 'test/full/openapi-setup.test.ts',
  graph: 'test/full/graph-types.test.ts',
  identities: 'test/full/openapi-commands.test.ts',
} as const;

export const sweeps = {
  deploy: 'test/full/deploy-faults.test.ts',
  commands: 'test/full/command-faults.test.ts',
  setup: 'test/full/setup-faults.test.ts',
  rotation: 'test/full/setup-faults.test.ts',
  removal: 'test/full/setup-faults.test.ts',
} as const;

const noDescription = 'none: the descriptions at hand have no sites of Microsoft.Web';
const noTokenDescription = 'none: sign-in has no description; oidc-provider stands in for it (test/emulator/sign-in.test.ts)';

/** Every request that certflow sends, by the function that sends it. */
export const requests: Readonly<Record<string, Known>> = {
  'deployments validateDeployment': {
    action: 'Microsoft.Resources/deployments/validate/action',
    judged: 'commands',
    swept: 'deploy',
  },
  'deployments foreseeDeployment': {
    action: 'Microsoft.Resources/deployments/whatIf/action',
    judged: 'commands',
    swept: 'commands',
  },
  'deployments startDeployment': { action: 'Microsoft.Resources/deployments/write', judged: 'commands', swept: 'deploy' },
  'deployments findDeployment': { action: 'Microsoft.Resources/deployments/read', judged: 'commands', swept: 'deploy' },
  'deployments listOperations': {
    action: 'Microsoft.Resources/deployments/operations/read',
    judged: 'commands',
    swept: 'none: asked of a deployment that failed only: test/deploy/failure.test.ts has it',
  },
  'deleted-applications deleteApplication': { judged: 'graph', swept: 'removal' },
  'deleted-applications findDeletedApplication': { judged: 'graph', swept: 'setup' },
  'graph readApplication': { judged: 'graph', swept: 'setup' },
  'graph findApplication': { judged: 'graph', swept: 'commands' },
  'graph findApplications': { judged: 'graph', swept: 'setup' },
  'graph createApplication': { judged: 'graph', swept: 'setup' },
  'graph findByUniqueName': { judged: 'graph', swept: 'setup' },
  'graph updateApplication': { judged: 'graph', swept: 'setup' },
  'graph findServicePrincipal': { judged: 'graph', swept: 'setup' },
  'graph createServicePrincipal': { judged: 'graph', swept: 'setup' },
  'graph listGrantedRoles': { judged: 'graph', swept: 'setup' },
  'graph grantRole': { judged: 'graph', swept: 'setup' },
  'graph findUser': { judged: 'graph', swept: 'setup' },
  'identities findIdentity': { judged: 'setup', swept: 'setup' },
  'identities createIdentity': {
    judged: 'none: the descriptions at hand have no Microsoft.ManagedIdentity',
    swept: 'none: test/setup/identity.test.ts has it, without faults',
  },
  'identities deleteIdentity': {
    judged: 'none: the descriptions at hand have no Microsoft.ManagedIdentity',
    swept: 'none: test/integration/destroy-identity.test.ts has it, with each fault',
  },
  'identities listHoldersOf': {
    judged: 'identities',
    swept: 'none: test/integration/destroy-identity.test.ts has it, with each fault',
  },
  'identities switchIdentityOn': { judged: noDescription, swept: 'none: test/setup/readers.test.ts has it, without faults' },
  'key-credentials replaceKeyCredentials': { judged: 'graph', swept: 'setup' },
  'resource-groups findResourceGroup': {
    action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
    judged: 'commands',
    swept: 'deploy',
  },
  'resource-groups createResourceGroup': {
    action: 'Microsoft.Resources/subscriptions/resourceGroups/write',
    judged: 'commands',
    swept: 'deploy',
  },
  'resources findResource': { action: '*/read', judged: 'commands', swept: 'deploy' },
  'resources deleteResource': { action: '*/delete', judged: 'commands', swept: 'commands' },
  'role-assignments listRoleAssignments': {
    action: 'Microsoft.Authorization/roleAssignments/read',
    judged: 'commands',
    swept: 'deploy',
  },
  'role-assignments listHeldRoles': {
    action: 'Microsoft.Authorization/roleAssignments/read',
    judged: 'commands',
    swept: 'none: asked of an app that is taken back: test/integration/destroy-app.test.ts has it, with each fault',
  },
  'role-assignments deleteRoleAssignment': {
    action: 'Microsoft.Authorization/roleAssignments/delete',
    judged: 'commands',
    swept: 'commands',
  },
  'role-assignments assignRole': { action: 'Microsoft.Authorization/roleAssignments/write', judged: 'setup', swept: 'setup' },
  'role-assignments listPermissions': { action: 'Microsoft.Authorization/permissions/read', judged: 'commands', swept: 'deploy' },
  'runs listTriggers': { action: 'Microsoft.Logic/workflows/triggers/read', judged: 'commands', swept: 'commands' },
  'runs startTrigger': { action: 'Microsoft.Logic/workflows/triggers/run/action', judged: 'commands', swept: 'commands' },
  'runs listRuns': { action: 'Microsoft.Logic/workflows/runs/read', judged: 'commands', swept: 'commands' },
  'runs findRun': { action: 'Microsoft.Logic/workflows/runs/read', judged: 'commands', swept: 'commands' },
  'runs listRunActions': { action: 'Microsoft.Logic/workflows/runs/actions/read', judged: 'commands', swept: 'commands' },
  'runs readFailures': {
    action: 'Microsoft.Logic/workflows/runs/actions/read',
    judged: 'commands',
    swept: 'none: asked of a run that failed only: test/azure/run-failures.test.ts has it, and each of its failures',
  },
  'runs cancelRun': {
    action: 'Microsoft.Logic/workflows/runs/cancel/action',
    judged: 'commands',
    swept: 'none: test/emulator/runs.test.ts has it: a run that goes on needs an emulator of its own',
  },
  'runs resubmitRun': {
    action: 'Microsoft.Logic/workflows/triggers/histories/resubmit/action',
    judged: 'commands',
    swept: 'commands',
  },
  'signed-in whoIsSignedIn': { action: 'none: asks for a token only', judged: noTokenDescription, swept: 'setup' },
  'sites findSite': { judged: 'graph', swept: 'setup' },
  'sites findSiteGrant': { judged: 'graph', swept: 'setup' },
  'sites grantSite': { judged: 'graph', swept: 'setup' },
  'sites removeSiteGrant': { judged: 'graph', swept: 'removal' },
  'standard-workflows findStandardWorkflow': {
    action: 'Microsoft.Web/sites/workflows/read',
    judged: noDescription,
    swept: 'deploy',
  },
  'standard-workflows listStandardWorkflows': {
    action: 'Microsoft.Web/sites/workflows/read',
    judged: noDescription,
    swept: 'none: asked of a Logic App that is there already: test/integration/deploy-standard.test.ts has it, without faults',
  },
  'tenants findTenant': { action: 'none: everybody may ask', judged: noTokenDescription, swept: 'commands' },
  'api-calls readFromApi': {
    action: 'none: takes what the API takes',
    judged: 'none: an API of somebody, which has no description here',
    swept: 'commands',
  },
  'try-sign-in signInOnce': { action: 'none: signs in with a certificate', judged: noTokenDescription, swept: 'commands' },
  'try-sign-in untilSignedIn': { action: 'none: signs in with a certificate', judged: noTokenDescription, swept: 'rotation' },
  'vault-certificates findPendingIssuer': {
    judged: 'setup',
    swept: 'none: asked where the right is held beforehand, which setting up gives for the moment only',
  },
  'vault-certificates updatePolicy': {
    judged: 'setup',
    swept: 'none: asked of a certificate that renews itself only: test/setup/certificate-state.test.ts has it, with each fault',
  },
  'vault-certificates findCertificate': { judged: 'setup', swept: 'setup' },
  'vault-certificates hasSecret': {
    judged: 'none: test/proofs/proofs.test.ts has it: asked where a certificate is missing',
    swept: 'none: asked where a certificate is missing',
  },
  'vault-certificates isDeleted': {
    judged: 'setup',
    swept: 'none: asked where the right is held beforehand, which setting up gives for the moment only',
  },
  'vault-certificates importCertificate': { judged: 'setup', swept: 'setup' },
  'vault-certificates createInVault': {
    judged: 'setup',
    swept: 'none: the sweep brings its certificate along, to know which one signs in',
  },
  'vault-certificates deleteCertificate': { judged: 'setup', swept: 'removal' },
  'vault-certificates listSecretNames': { judged: 'setup', swept: 'removal' },
  'vault-certificates listVersions': { judged: 'setup', swept: 'rotation' },
  'vault-certificates readPfxFromVault': { judged: 'setup', swept: 'rotation' },
  'vaults findVault': { judged: 'setup', swept: 'setup' },
  'vaults findVaultNamed': { judged: 'commands', swept: 'commands' },
  'vaults nameProblem': { action: 'Microsoft.KeyVault/checkNameAvailability/read', judged: 'setup', swept: 'setup' },
  'vaults createVault': { judged: 'setup', swept: 'setup' },
  'vaults changePolicy': { judged: 'setup', swept: 'none: test/setup/setup.test.ts has it, without faults' },
  'web-apps findSite': { action: 'Microsoft.Web/sites/read', judged: noDescription, swept: 'deploy' },
  'web-apps giveIdentity': { action: 'Microsoft.Web/sites/write', judged: noDescription, swept: 'commands' },
  'web-apps findSettings': { action: 'Microsoft.Web/sites/config/list/action', judged: noDescription, swept: 'commands' },
  'web-apps removeSettings': {
    action: 'Microsoft.Web/sites/config/write',
    judged: noDescription,
    swept: 'none: asked of an app that is taken back: test/integration/destroy-app.test.ts has it, with each fault',
  },
  'web-apps takeIdentity': {
    action: 'Microsoft.Web/sites/write',
    judged: noDescription,
    swept: 'none: asked of an app that is taken back: test/integration/destroy-app.test.ts has it, with each fault',
  },
  'web-apps findReference': { action: 'Microsoft.Web/sites/config/read', judged: noDescription, swept: 'commands' },
  'web-apps refreshReferences': {
    action: 'Microsoft.Web/sites/config/write',
    judged: noDescription,
    swept: 'none: asked while a reference is still being resolved, which the emulator does at once',
  },
  'workflows findWorkflow': { action: 'Microsoft.Logic/workflows/read', judged: 'commands', swept: 'deploy' },
  'workflows validateWorkflow': { action: 'Microsoft.Logic/workflows/validate/action', judged: 'commands', swept: 'deploy' },
  'workflows enableWorkflow': { action: 'Microsoft.Logic/workflows/enable/action', judged: 'commands', swept: 'deploy' },
  'workflows listUsersOf': { action: 'Microsoft.Logic/workflows/read', judged: 'commands', swept: 'commands' },
  'workflows listMentioning': { action: 'Microsoft.Logic/workflows/read', judged: 'setup', swept: 'removal' },
  'workflows deleteWorkflow': { action: 'Microsoft.Logic/workflows/delete', judged: 'commands', swept: 'commands' },
  'zip-deployments sendZip': { action: 'Microsoft.Web/sites/publish/action', judged: noDescription, swept: 'deploy' },
  'zip-deployments deleteFolder': {
    action: 'Microsoft.Web/sites/publish/action',
    judged: noDescription,
    swept: 'none: asked of an app that is taken back: test/integration/destroy-app.test.ts has it, with each fault',
  },
  'zip-deployments readZipState': { action: 'Microsoft.Web/sites/publish/action', judged: noDescription, swept: 'deploy' },
};

/** The requests that a judge or a sweep is said to have, and that were not sent while it ran. */
export function missed(
  kind: 'judged' | 'swept',
  name: keyof typeof judges | keyof typeof sweeps,
  sent: ReadonlySet<string>,
): string[] {
  return Object.keys(requests).filter((request) => requests[request]?.[kind] === name && !sent.has(request));
}

/** The functions of src/azure that are called while something runs in this process, by what V8 counts. */
export async function calledDuring(run: () => Promise<unknown>): Promise<Set<string>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  try {
    await run();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return new Set(
      result.flatMap(({ url, functions }) => {
        const [, file] = /\/src\/azure\/([\w-]+)\.ts$/.exec(url) ?? [];
        return file === undefined
          ? []
          : functions.flatMap(({ functionName, ranges }) => (ranges[0]?.count ? [`${file} ${functionName}`] : []));
      }),
    );
  } finally {
    session.disconnect();
  }
}
