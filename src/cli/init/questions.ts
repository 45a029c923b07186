import { tenantProblem } from '../../cloud/tenants.ts';
import { isVaultName, isVaultObjectName } from '../../cloud/vault-identifiers.ts';

export const recipeNames = ['sharepoint', 'graph', 'custom-api'] as const;
export type Recipe = (typeof recipeNames)[number];

/** Where the workflow goes, in the words of `certflow deploy --target`, and Power Automate. */
export const initTargets = ['consumption', 'standard', 'power-automate', 'app-service'] as const;
export type InitTarget = (typeof initTargets)[number];

/** What these are called, and their keys in a spec. */
export const targetFacts: Readonly<Record<InitTarget, { readonly words: string; readonly key: string }>> = {
  consumption: { words: 'a Logic App (Consumption)', key: 'consumption' },
  standard: { words: 'a Logic App (Standard)', key: 'standard' },
  'power-automate': { words: 'Power Automate', key: 'powerAutomate' },
  'app-service': { words: 'a web app (App Service)', key: 'appService' },
};

/** How the request signs in: with a certificate, or with the managed identity. */
export const initSignIns = ['entra', 'managedIdentity'] as const;
export type InitSignIn = (typeof initSignIns)[number];

/** The kind of a spec: what everything else depends on. */
export interface Kind {
  readonly target: InitTarget;
  readonly recipe: Recipe;
  readonly signIn: InitSignIn;
}

/** What `certflow init` wants to know. All text. */
export interface Answers {
  readonly name: string;
  readonly tenantId: string;
  /** Empty while there is no app registration. */
  readonly clientId: string;
  readonly url: string;
  readonly audience: string;
  readonly vault: string;
  readonly certificate: string;
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly location: string;
  /** Name of the Logic App (Standard) or the web app. */
  readonly app: string;
  readonly solution: string;
  readonly publisher: string;
  readonly prefix: string;
}

export interface Question {
  readonly key: keyof Answers;
  /** The option that answers it, without dashes, and what its value is called. */
  readonly flag: string;
  readonly value: string;
  readonly question: string;
  readonly example: (recipe: Recipe) => string;
  /** Recipes, targets and ways to sign in that need the answer. Default: all. */
  readonly recipes?: readonly Recipe[];
  readonly targets?: readonly InitTarget[];
  readonly signIns?: readonly InitSignIn[];
  /** Why an answer will not do, or undefined. */
  readonly problem?: (answer: string) => string | undefined;
}

const guid = (answer: string) =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(answer)
    ? undefined
    : 'a GUID, such as 11111111-1111-1111-1111-111111111111';

const word = (answer: string) => (/^[A-Za-z_]\w{0,64}$/.test(answer) ? undefined : "letters, digits and '_', no digit first");

export const questions: readonly Question[] = [
  {
    key: 'name',
    flag: 'name',
    value: 'name',
    question: 'Name of the workflow',
    example: (recipe) => ({ sharepoint: 'sharepoint-lists', graph: 'graph-users', 'custom-api': 'api-call' })[recipe],
    problem: (answer) =>
      /^[A-Za-z0-9][A-Za-z0-9._()-]{0,79}$/.test(answer)
        ? undefined
        : "letters, digits, '-', '_' and '.', a letter or digit first",
  },
  {
    key: 'url',
    flag: 'url',
    value: 'address',
    question: 'Address to call',
    example: (recipe) =>
      ({
        sharepoint: 'https://contoso.sharepoint.com/sites/hr/_api/web/lists',
        graph: 'https://graph.microsoft.com/v1.0/users',
        'custom-api': 'https://api.contoso.com/v1/orders',
      })[recipe],
    problem: (answer) =>
      URL.canParse(answer) && answer.startsWith('https://') ? undefined : 'an address that begins with https://',
  },
  {
    key: 'audience',
    flag: 'audience',
    value: 'identifier',
    question: 'Identifier of the API (audience)',
    example: () => 'api://44444444-4444-4444-4444-444444444444',
    recipes: ['custom-api'],
  },
  {
    key: 'tenantId',
    flag: 'tenant-id',
    value: 'id',
    question: 'Tenant: its id or a domain',
    signIns: ['entra'],
    example: () => 'contoso.onmicrosoft.com',
    problem: (answer) => tenantProblem(answer)?.message,
  },
  {
    key: 'clientId',
    flag: 'client-id',
    value: 'id',
    question: 'Client id of the app registration (empty while there is none)',
    signIns: ['entra'],
    example: () => '',
    problem: guid,
  },
  {
    key: 'certificate',
    flag: 'certificate',
    value: 'name',
    question: 'Certificate in the key vault: its name, or its identifier',
    signIns: ['entra'],
    example: () => 'api-cert',
    problem: (answer) => (isVaultObjectName(answer) ? undefined : "letters, digits and '-'"),
  },
  {
    key: 'vault',
    flag: 'vault',
    value: 'name',
    question: 'Key vault: its name or address',
    signIns: ['entra'],
    example: () => 'kv-contoso-dev',
    problem: (answer) => (isVaultName(answer) ? undefined : "3 to 24 letters, digits and '-', a letter first"),
  },
  {
    key: 'subscription',
    flag: 'subscription',
    value: 'id',
    question: 'Azure subscription',
    example: () => '33333333-3333-3333-3333-333333333333',
    problem: guid,
  },
  {
    key: 'resourceGroup',
    flag: 'resource-group',
    value: 'name',
    question: 'Resource group',
    example: () => 'rg-flows-dev',
  },
  {
    key: 'location',
    flag: 'location',
    value: 'region',
    question: 'Region, such as westeurope',
    example: () => 'westeurope',
    problem: (answer) => (/^[a-z0-9]+$/.test(answer) ? undefined : 'a region name such as westeurope'),
  },
  {
    key: 'app',
    flag: 'app',
    value: 'name',
    question: 'Name of the Logic App (Standard), or of the web app',
    example: () => 'app-contoso-dev',
    targets: ['standard', 'app-service'],
    problem: (answer) =>
      /^[a-z0-9](?!.*--)[a-z0-9-]{0,58}[a-z0-9]$/i.test(answer) ? undefined : "2 to 60 letters, digits and single '-'",
  },
  {
    key: 'solution',
    flag: 'solution',
    value: 'name',
    question: 'Name of the solution',
    example: () => 'ContosoFlows',
    targets: ['power-automate'],
    problem: word,
  },
  {
    key: 'publisher',
    flag: 'publisher',
    value: 'name',
    question: 'Name of its publisher',
    example: () => 'contoso',
    targets: ['power-automate'],
    problem: word,
  },
  {
    key: 'prefix',
    flag: 'prefix',
    value: 'letters',
    question: 'Prefix of the publisher',
    example: () => 'cto',
    targets: ['power-automate'],
    problem: (answer) =>
      /^(?!mscrm)[a-z][a-z0-9]{1,7}$/.test(answer) ? undefined : '2 to 8 small letters and digits, a letter first',
  },
];

/** Whether a spec of a kind needs the answer to a question. */
export function isAsked({ recipes, targets, signIns }: Question, { recipe, target, signIn }: Kind): boolean {
  return (recipes?.includes(recipe) ?? true) && (targets?.includes(target) ?? true) && (signIns?.includes(signIn) ?? true);
}
