import type { Host } from './definition.ts';

type Group = Readonly<Record<string, unknown>>;

/** What is known of a definition besides its text. What is absent is not known. */
export interface Surroundings {
  readonly host?: Host;
  /** The name of the workflow: of its resource, or of its folder in Standard. */
  readonly name?: string;
  /** `Stateful`, `Stateless` or `Agent`, for Standard. */
  readonly kind?: string;
  /** Values of the definition's parameters, as the resource or the app has them: `{ "tenantId": { "value": … } }`. */
  readonly parameters?: Group;
  /** `connections.json` of a Standard app. */
  readonly connections?: Group;
  /** Names of the app settings in `local.settings.json` of a Standard app. Their values may be secrets and stay where they are. */
  readonly appSettings?: readonly string[];
  /** `connectionReferences` of a flow, by the key that its actions name. */
  readonly connectionReferences?: Group;
  /** The connection references that the flow's solution declares: connector id by logical name. */
  readonly solutionReferences?: Readonly<Record<string, string>>;
  /** The environment variables that the flow's solution declares, by schema name. */
  readonly environmentVariables?: Readonly<Record<string, EnvironmentVariable>>;
  /**
   * The definition stands in an ARM template, and a string that starts with `[` and ends with `]` is an expression whose value
   * only the deployment knows: anything may come of it.
   */
  readonly armExpressions?: boolean;
  /** `identity` of the workflow's resource; an empty group where the resource has none. */
  readonly identity?: unknown;
  /** `apiVersion` of the workflow's resource, such as `2019-05-01`. */
  readonly apiVersion?: string;
  /** What the template that deploys the workflow says of connections in `$connections`: `properties` of their resources, by name there. */
  readonly apiConnections?: Group;
  /** `accessControl` of the workflow's resource; an empty group where the resource has none. */
  readonly accessControl?: unknown;
  /** `outputs` of the ARM template that deploys the workflow. */
  readonly templateOutputs?: Group;
  /** The workflows of the same app, template or solution: those that this one may call, or be called by. It may be among them. */
  readonly siblings?: readonly Sibling[];
}

/** A workflow beside another one, and where it stands. */
export interface Sibling extends Omit<Surroundings, 'siblings'> {
  readonly definition: unknown;
  readonly file?: string;
  readonly text?: string;
  /** Where in the file the definition stands. */
  readonly pointer?: string;
  readonly filledIn?: ReadonlySet<string>;
}

/** Source: docs/facts/solution.md#environment-variables. */
export interface EnvironmentVariable {
  readonly type: 'String' | 'Number' | 'Boolean' | 'JSON' | 'Data source' | 'Secret' | 'unknown';
  readonly displayName?: string;
  /** The default, else the value that travels in the package. Never of a secret. */
  readonly value?: string;
}
