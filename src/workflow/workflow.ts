import type { Definition, Status } from '../definition/definition.ts';
import type { JsonObject } from '../json/json.ts';
import type { Recurrence, RequestTrigger } from '../spec/spec.ts';

/** What a spec becomes: a trigger, the secret step where a certificate signs in, one HTTP step per request, parameters. The same on every host. */
export interface Workflow {
  readonly name: string;
  readonly description?: string;
  readonly trigger: Trigger;
  /** In the order in which the definition declares them. All are of type String. */
  readonly parameters: readonly Parameter[];
  /** Absent where no request signs in with a certificate. */
  readonly secretStep?: SecretStep;
  readonly httpSteps: readonly HttpStep[];
  /** Actions that the spec has as raw WDL, each with its runAfter. */
  readonly rawActions: Readonly<Record<string, JsonObject>>;
  /** Findings that are not to be reported, of an action or, without one, of all. */
  readonly suppressions: readonly Suppression[];
  /** The definition, where it stands in a file of its own. Then there are no steps here. */
  readonly definition?: Definition;
}

export interface Suppression {
  readonly rule: string;
  readonly reason: string;
  readonly actionName?: string;
}

export type Trigger =
  | { readonly kind: 'recurrence'; readonly recurrence: Recurrence }
  | { readonly kind: 'request'; readonly request: RequestTrigger }
  | { readonly kind: 'manual' };

export interface Parameter {
  readonly name: string;
  /** What it is, in a few words, for people who fill it in. */
  readonly meaning: string;
  /** Its value by environment. An environment without one lacks what setup has yet to write, or the target that says it. */
  readonly values: ReadonlyMap<string, string>;
  /** The target that says it, of a value that a target says. */
  readonly target?: 'consumption' | 'standard';
}

/** Reads the certificate from the vault. */
export interface SecretStep {
  readonly actionName: string;
  /** Names of the parameters with the certificate's name and, if pinned, its version. */
  readonly nameParameter: string;
  readonly versionParameter?: string;
  /** Key of its connection; default that of certflow's own workflows. */
  readonly connection?: string;
}

export interface HttpStep {
  readonly actionName: string;
  readonly method: string;
  /** Strings of WDL: literals are escaped, expressions start with `@` or stand in `@{…}`. */
  readonly uri: string;
  readonly queries?: JsonObject;
  readonly headers?: JsonObject;
  readonly body?: JsonObject[string];
  readonly retryPolicy?: JsonObject;
  /** ISO 8601 duration. */
  readonly timeout?: string;
  readonly signIn: Authentication;
  readonly runAfter: Readonly<Record<string, readonly Status[]>>;
}

/** WDL strings. `authority` only where it is not the public cloud's, `identity` only where it is a user-assigned one. */
export type Authentication =
  | {
      readonly kind: 'entra';
      readonly authority?: string;
      readonly tenant: string;
      readonly audience: string;
      readonly clientId: string;
    }
  | { readonly kind: 'clientCertificate' }
  | { readonly kind: 'managedIdentity'; readonly audience: string; readonly identity?: string };

/** The name of a parameter's value as an expression. */
export function parameterReference(name: string): string {
  return `@parameters('${name}')`;
}
