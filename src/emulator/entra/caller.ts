/** Who a bearer token was given to. */
export interface Caller {
  /** Object id of the service principal; empty for a request that needs no token. */
  readonly objectId: string;
  readonly appId: string;
  readonly tenantId: string;
  /** Application permissions that the token carries. */
  readonly roles: readonly string[];
}

export const nobody: Caller = { objectId: '', appId: '', tenantId: '', roles: [] };
