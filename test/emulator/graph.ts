import type { CloudProfile } from '../../src/cloud/profile.ts';
import { type PlainAnswer, send } from './request.ts';
import { credential } from './start.ts';

/** Asks Graph as the app that signs in. */
export function graph(profile: CloudProfile) {
  const signedIn = credential(profile);
  return async (method: string, path: string, body?: unknown): Promise<PlainAnswer> => {
    const { token } = await signedIn.getToken(`${profile.graph.audience}/.default`);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return send(profile, method, `${profile.graph.endpoint}/v1.0${path}`, body, headers);
  };
}

/** A certificate as Graph takes it. */
export function keyCredential(certificate: { readonly raw: Buffer }) {
  return { type: 'AsymmetricX509Cert', usage: 'Verify', key: certificate.raw.toString('base64'), displayName: 'CN=test' };
}
