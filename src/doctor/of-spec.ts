import { identityCallLink } from '../deploy/identity-call.ts';
import { aimsOf, targetLinks } from '../deploy/proofs.ts';
import type { DeployTarget } from '../deploy/targets/target-of.ts';
import { UsageError } from '../diagnostics/errors.ts';
import { suggest } from '../diagnostics/words.ts';
import type { AimedRequest, SignInAim } from '../proofs/aim.ts';
import { clockLink } from '../proofs/links/tenant.ts';
import { tokenLinks } from '../proofs/links/tokens.ts';
import type { Link, LinkName, Proof } from '../proofs/proof.ts';
import { prove } from '../proofs/prove.ts';
import type { Sight } from '../proofs/sight.ts';
import { signInLinks } from '../proofs/sign-in-links.ts';
import { certificateFileLink, type FileContents } from './certificate-file.ts';
import { type OnSecret, pemOfFile, pemOfVault } from './pem.ts';

export interface DoctorOptions {
  readonly cloudFile?: string | undefined;
  /** Signs in with this instead of what the vault hands out. */
  readonly file?: FileContents;
  /** Name of the request that is sent; `true` for the first GET. */
  readonly call?: string | true;
  readonly onSecret: OnSecret;
}

/** Looks at every link of a spec in one environment, before or after it is deployed, and signs in for real. Throws a UsageError for a request that cannot be sent. */
export async function doctorOfSpec(sight: Sight, target: DeployTarget, options: DoctorOptions): Promise<Proof[]> {
  const aims = aimsOf(target, options);
  const { certificate, identity } = aims;
  if (options.file && !certificate)
    throw new UsageError(`${target.spec.source.file} signs in with the managed identity alone: no file could. Leave --pfx out.`);
  const all = [...(certificate?.requests ?? []), ...(identity?.requests ?? [])];
  const call = options.call === undefined ? undefined : requestToSend(all, options.call);
  const asIdentity = call !== undefined && (identity?.requests.some(({ name }) => name === call.name) ?? false);
  return prove([
    ...(certificate ? withSignIn(sight, certificate, options, asIdentity ? undefined : call) : []),
    ...targetLinks(sight, target, aims),
    ...(call && asIdentity ? [identityCallLink(sight, target, call)] : []),
  ]);
}

/** What a sign-in hangs on, and the sign-in itself. */
export function withSignIn(sight: Sight, aim: SignInAim, { file, onSecret }: DoctorOptions, call?: SendableRequest): Link[] {
  const { tenant, clientId, requests, permissions, line } = aim;
  const links = signInLinks(sight, aim);
  if (clientId === undefined || requests.length === 0) return links;
  const needs: LinkName[] = file ? ['tenant', 'certificate file'] : ['tenant'];
  return [
    ...(file ? [certificateFileLink(file)] : []),
    clockLink(sight, tenant),
    ...links,
    ...tokenLinks(sight, {
      tenant,
      clientId,
      audiences: [...new Set(requests.map(({ audience }) => audience))],
      permissions,
      needs,
      after: file ? [] : ['certificate', 'private key'],
      from: file ? file.path : `${aim.certificate.name} in the vault ${aim.vault.name}`,
      pem: async () =>
        file
          ? pemOfFile(file, onSecret)
          : sight.once(['pem', aim.vault.name, aim.certificate.name, aim.certificate.version], () =>
              pemOfVault(sight, aim, onSecret),
            ),
      line,
      ...(call ? { call } : {}),
    }),
  ];
}

export type SendableRequest = AimedRequest & { readonly url: string };

/** Only what changes nothing is sent. */
export function requestToSend(requests: readonly AimedRequest[], asked: string | true): SendableRequest {
  const sendable = requests.filter((one): one is SendableRequest => one.method === 'GET' && one.url !== undefined);
  const found = asked === true ? sendable[0] : sendable.find(({ name }) => name === asked);
  if (found) return found;
  const names = sendable.map(({ name }) => name);
  throw new UsageError(
    names.length === 0
      ? 'none of the requests is a GET whose address is in the spec: there is none that could be sent without changing something'
      : `there is no request "${asked}" that could be sent: ${suggest(String(asked), names, 'GET requests')}`,
  );
}
