import { readFromApi } from '../../azure/api-calls.ts';
import { AzureError, knownTrouble } from '../../azure/azure-error.ts';
import { signInOnce, type Token } from '../../azure/try-sign-in.ts';
import { knownApis } from '../../cloud/apis.ts';
import type { Call } from '../../next/call.ts';
import { certflow } from '../../next/command-line.ts';
import type { AimedPermission, AimedRequest } from '../aim.ts';
import { type Finding, type Link, type LinkName, ok, wrong } from '../proof.ts';
import { idOfApi, type Sight } from '../sight.ts';

export interface TokenLinkOptions {
  readonly tenant: string;
  readonly clientId: string;
  readonly audiences: readonly string[];
  readonly permissions: readonly AimedPermission[];
  /** PEM of private key and certificate. Throws an AzureError or a RefusedError where there is none. */
  readonly pem: () => Promise<string>;
  readonly needs: readonly LinkName[];
  /** Links that the key comes from. */
  readonly after: readonly LinkName[];
  /** What the key was read from, for people. */
  readonly from: string;
  /** A request that is sent with the token. */
  readonly call?: AimedRequest & { readonly url: string };
  readonly line: Call;
}

/** Signs in for real, for each API, and looks what the token says; then asks the API itself, where that is wanted. */
export function tokenLinks(sight: Sight, options: TokenLinkOptions): Link[] {
  const { audiences, clientId, call, from } = options;
  const { authority } = sight.azure.profile;
  return [
    ...audiences.flatMap((audience): Link[] => [
      {
        link: 'sign-in',
        about: audience,
        known: `${authority} was asked for a token, with the key of ${from}`,
        needs: options.needs,
        after: [...options.after, 'clock', 'app registration', 'registered certificate', 'service principal', 'API'],
        look: () => signedIn(sight, options, audience),
      },
      {
        link: 'token',
        about: audience,
        known: 'the claims of the token that was given',
        needs: ['sign-in'],
        after: ['permissions'],
        look: async () => judgeToken(await tokenFor(sight, options, audience), options, audience),
      },
    ]),
    ...(call
      ? [
          {
            link: 'call',
            about: call.url,
            known: `${new URL(call.url).host} was asked, with the token of ${clientId}`,
            needs: ['sign-in', 'token'],
            after: ['site'],
            look: () => called(sight, options, call),
          } satisfies Link,
        ]
      : []),
  ];
}

/** Each token is asked for once. */
function tokenFor(sight: Sight, { tenant, clientId, pem, from }: TokenLinkOptions, audience: string): Promise<Token> {
  return sight.once(['token', tenant, clientId, audience, from], async () =>
    signInOnce(sight.azure, { tenantId: tenant, clientId, pem: await pem() }, audience),
  );
}

async function signedIn(sight: Sight, options: TokenLinkOptions, audience: string): Promise<Finding> {
  try {
    const { ends } = await tokenFor(sight, options, audience);
    return ok(`Entra ID takes the certificate, and gives a token until ${ends}`);
  } catch (error) {
    if (!(error instanceof AzureError) || error.kind !== 'sign-in' || !error.message.includes('AADSTS')) throw error;
    const text = /AADSTS\d+[\s\S]*/.exec(error.message.split('\n')[0] ?? '')?.[0] ?? error.message;
    const code = /AADSTS\d+/.exec(text)?.[0] ?? '';
    const { cure, command } = mendOf(code, text);
    return wrong(
      text.replace(/\.$/, ''),
      cure ?? error.cure ?? `certflow explain ${code} has what is known of it.`,
      options.line.specs === undefined ? `certflow explain ${code}` : certflow(options.line, ...command),
    );
  }
}

/** What mends a refused sign-in. How the assertion is written is not to blame: certflow writes it as Entra wants it. */
function mendOf(code: string, text: string): { readonly cure?: string; readonly command: readonly [string, ...string[]] } {
  if (code !== 'AADSTS700027') return { command: ['setup', '--only', 'entra'] };
  if (/expired/.test(text))
    return {
      cure: 'The entry of the certificate on the app registration has ended: put a new one there.',
      command: ['cert rotate'],
    };
  return {
    cure: 'The app registration does not have this certificate: put it there, beside the others (Entra admin center, Certificates & secrets).',
    command: ['setup', '--only', 'entra'],
  };
}

function judgeToken({ audience, appId, roles, ends }: Token, options: TokenLinkOptions, asked: string): Finding {
  const api = idOfApi(asked);
  const wanted = options.permissions.filter((one) => idOfApi(one.api) === api).flatMap((one) => one.roles);
  const missing = wanted.filter((role) => !roles.includes(role));
  const isKnown = Object.values(knownApis).some(({ appId }) => appId === api);
  const says = `audience ${audience}, app id ${appId}, ${roles.length === 0 ? 'no roles' : `roles ${roles.join(', ')}`}, until ${ends}`;
  const command =
    options.line.specs === undefined ? 'certflow explain 65001' : certflow(options.line, 'setup', '--only', 'entra');
  if (roles.length === 0 && isKnown)
    return wrong(
      `it carries no role, and is refused for that (${says})`,
      'Have an administrator consent to an application permission on this API; a token that is cached shows it after an hour.',
      command,
    );
  if (missing.length > 0) return wrong(`it lacks ${missing.join(', ')} (${says})`, 'Have an administrator consent.', command);
  return ok(says);
}

async function called(sight: Sight, options: TokenLinkOptions, { url, audience, name }: AimedRequest & { readonly url: string }) {
  try {
    return ok(`"${name}" is answered with ${await readFromApi(sight.azure, url, await tokenFor(sight, options, audience))}`);
  } catch (error) {
    if (!(error instanceof AzureError) || !error.answer) throw error;
    const { status, code, message, details } = error.answer;
    const known = knownTrouble({ code, message, details });
    return wrong(
      `"${name}" is answered with ${status}${code === '' ? '' : `, ${code}`}${message === '' ? '' : `: ${message.replace(/\.$/, '')}`}`,
      known?.cure ?? error.cure ?? 'Look at the documentation of the API for what the answer means.',
      `certflow explain ${code === '' || /\s/.test(code) ? status : code}`,
    );
  }
}
