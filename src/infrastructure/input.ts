import type { Definition } from '../definition/definition.ts';
import type { Environment, Spec } from '../spec/spec.ts';
import type { Workflow } from '../workflow/workflow.ts';

/** What infrastructure is made of. */
export interface InfrastructureInput {
  readonly spec: Spec;
  readonly environment: Environment;
  readonly workflow: Workflow;
  readonly definition: Definition;
}
