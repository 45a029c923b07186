import type { Json } from '../definition/definition.ts';

/** A parameter of an ARM template and of the Bicep file beside it. */
export interface TemplateParameter {
  readonly name: string;
  readonly type: 'string' | 'object';
  readonly description: string;
  readonly default?: Json;
  readonly allowed?: readonly string[];
  /** Its value in this environment; absent where the default will do. */
  readonly value?: Json;
}
