import { randomUUID } from 'node:crypto';
import {
  createLocalJWKSet,
  decodeJwt,
  errors,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import type { Caller } from './caller.ts';

export interface TokenSubject {
  readonly objectId: string;
  readonly appId: string;
  readonly tenantId: string;
  readonly roles: readonly string[];
  /** For a managed identity, the resource that has it. */
  readonly managedIdentityOf?: string;
}

export type TokenProblem = 'missing' | 'expired' | 'audience' | 'invalid';

/** A token endpoint in place of the emulator's own. */
export interface OtherAuthority {
  /** Its host, without path and final slash. */
  readonly address: string;
  readonly issuer: string;
  readonly jwks: JSONWebKeySet;
}

/** Seconds that a token is good for. Entra ID gives between 60 and 90 minutes; clients read 3599 as the usual value. */
export const tokenLifetime = 3599;

/** Tokens that are not verified anew, so that an emulator may run for weeks. */
const mostVerified = 1000;

/** Signs access tokens and verifies them, with a key that is made at the start and published as a JWKS. */
export class Tokens {
  readonly #authority: string;
  readonly #keys: Awaited<ReturnType<typeof generateKeyPair>>;
  readonly #other: OtherAuthority | undefined;
  readonly #keyId: string;
  /** By the token: each comes with many requests. */
  readonly #verifiedBefore = new Map<string, JWTPayload>();

  private constructor(authority: string, keys: Awaited<ReturnType<typeof generateKeyPair>>, other: OtherAuthority | undefined) {
    this.#authority = authority;
    this.#keys = keys;
    this.#other = other;
    this.#keyId = randomUUID();
  }

  /** `other` is an authority whose tokens are taken besides its own. */
  static async create(authority: string, other?: OtherAuthority): Promise<Tokens> {
    return new Tokens(authority, await generateKeyPair('RS256'), other);
  }

  issuer(tenantId: string): string {
    return `${this.#authority}/${tenantId}/v2.0`;
  }

  async jwks(): Promise<{ keys: JWK[] }> {
    return { keys: [{ ...(await exportJWK(this.#keys.publicKey)), use: 'sig', alg: 'RS256', kid: this.#keyId }] };
  }

  /** Claims as Entra ID puts into the token of an application. Source: Microsoft's "Access token claims reference". */
  async sign({ objectId, appId, tenantId, roles, managedIdentityOf }: TokenSubject, audience: string): Promise<string> {
    return new SignJWT({
      appid: appId,
      appidacr: '2',
      idp: this.issuer(tenantId),
      idtyp: 'app',
      oid: objectId,
      ...(roles.length > 0 && { roles: [...roles] }),
      tid: tenantId,
      uti: randomUUID(),
      ver: '1.0',
      ...(managedIdentityOf !== undefined && { xms_mirid: managedIdentityOf }),
    })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: this.#keyId })
      .setIssuer(this.issuer(tenantId))
      .setSubject(objectId)
      .setAudience(audience)
      .setIssuedAt()
      .setNotBefore('-5m')
      .setExpirationTime(`${tokenLifetime}s`)
      .sign(this.#keys.privateKey);
  }

  /** Who holds the token of an Authorization header, or what is wrong with it. */
  async verify(authorization: string | undefined, audiences: readonly string[]): Promise<Caller | TokenProblem> {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return 'missing';
    try {
      const payload = await this.#verified(token);
      if (payload === undefined) return 'invalid';
      if (!audiences.includes(withoutSlash(String(payload.aud)))) return 'audience';
      return callerOf(payload);
    } catch (error) {
      return error instanceof errors.JWTExpired ? 'expired' : 'invalid';
    }
  }

  async #verified(token: string): Promise<JWTPayload | undefined> {
    const other = this.#other;
    if (other !== undefined && decodeJwt(token).iss === other.issuer)
      return (await jwtVerify(token, createLocalJWKSet(other.jwks), { algorithms: ['RS256'] })).payload;
    const before = this.#verifiedBefore.get(token);
    if (before !== undefined && (before.exp ?? 0) * 1000 > Date.now()) return before;
    const { payload } = await jwtVerify(token, this.#keys.publicKey, { algorithms: ['RS256'] });
    if (payload.iss !== this.issuer(String(payload.tid))) return undefined;
    if (this.#verifiedBefore.size >= mostVerified) this.#verifiedBefore.clear();
    this.#verifiedBefore.set(token, payload);
    return payload;
  }
}

function callerOf({ oid, appid, tid, roles }: JWTPayload): Caller {
  return {
    objectId: String(oid),
    appId: String(appid),
    tenantId: String(tid),
    roles: Array.isArray(roles) ? roles.map(String) : [],
  };
}

function withoutSlash(audience: string): string {
  return audience.replace(/\/$/, '');
}
