import type { Definition } from '../definition/definition.ts';
import type { JsonObject } from '../json/json.ts';
import type { Parameter } from './workflow.ts';

/** How a host, or a format on it, writes what every workflow says. */
export interface Dialect {
  /** Declarations that stand before those of the workflow's own parameters. */
  readonly standingParameters: Definition['parameters'];
  /** The name by which the definition knows a parameter of the workflow. */
  readonly parameterName: (name: string) => string;
  /** How the definition declares it; undefined where it is declared outside. */
  readonly declaration: (parameter: Parameter) => Definition['parameters'][string] | undefined;
  /** The action that reads a secret. Name and version are expressions, without the leading `@`. */
  readonly getSecret: (secret: { readonly name: string; readonly version?: string }) => {
    readonly type: string;
    readonly inputs: JsonObject;
  };
  /** Inputs of the button that a person starts by hand; absent where the host has none, and an HTTP trigger takes its place. */
  readonly buttonInputs?: JsonObject;
  /** What the inputs of an HTTP trigger have besides what the spec says of it. */
  readonly requestInputs?: JsonObject;
}
