/** What the links of the chain are called, in the order in which they are told. */
export const linkNames = [
  'certificate file',
  'tenant',
  'clock',
  'vault',
  'firewall',
  'certificate',
  'private key',
  'renewal',
  'app registration',
  'registered certificate',
  'service principal',
  'API',
  'permissions',
  'site',
  'identity',
  'identity permissions',
  'identity site',
  'sign-in',
  'token',
  'call',
  'Logic App',
  'app',
  'settings',
  'Key Vault reference',
  'workflow',
  'values',
  'connection',
  'access to the vault',
  'secrets',
  'definition',
  'state',
  'run',
] as const;

export type LinkName = (typeof linkNames)[number];

/** What has to be done. */
export interface Cure {
  /** A sentence. */
  readonly cure: string;
  /** The same as a command that can be pasted. */
  readonly command?: string;
}

/** What looking at a link gives. `found` is a sentence without final full stop. */
export type Finding =
  | { readonly result: 'ok'; readonly found: string }
  | ({ readonly result: 'wrong'; readonly found: string } & Cure)
  | ({ readonly result: 'cannot tell'; readonly found: string } & Partial<Cure>);

/** One thing that must hold so that a workflow can sign in and stays hidden. */
export interface Proof {
  readonly link: LinkName;
  /** Which one, where there are several of the kind: an audience, a site. */
  readonly about?: string;
  /** `not looked at`: something that it hangs on is wrong, or cannot be seen. */
  readonly result: Finding['result'] | 'not looked at';
  /** How it is; a sentence without final full stop. */
  readonly found: string;
  /** How that is known: what was looked at, and where. */
  readonly known: string;
  /** What to do; a sentence. */
  readonly cure?: string;
  /** The same as a command that can be pasted. */
  readonly command?: string;
}

/** A link of the chain before it is looked at. */
export interface Link extends Pick<Proof, 'link' | 'about' | 'known'> {
  /** Links that must hold, or there is nothing to look at. Those that the chain does not have count as holding. */
  readonly needs?: readonly LinkName[];
  /** Links whose being wrong makes it pointless to look; what cannot be told of them is no obstacle. */
  readonly after?: readonly LinkName[];
  /** An AzureError that it throws is told as what cannot be seen. */
  readonly look: () => Promise<Finding>;
}

export const ok = (found: string): Finding => ({ result: 'ok', found });

export const wrong = (found: string, cure: string, command?: string): Finding => ({
  result: 'wrong',
  found,
  cure,
  ...(command === undefined ? {} : { command }),
});

export const unknown = (found: string, cure?: string): Finding => ({
  result: 'cannot tell',
  found,
  ...(cure === undefined ? {} : { cure }),
});

/** Whether nothing is wrong. What cannot be told is not. */
export function isSound(proofs: readonly Proof[]): boolean {
  return proofs.every(({ result }) => result !== 'wrong');
}

/** What people call a link: `API https://graph.microsoft.com`. */
export function nameOf({ link, about }: Pick<Proof, 'link' | 'about'>): string {
  return about === undefined ? link : `${link} ${about}`;
}
