import type { MockAnswer } from '../mocks/mock.ts';
import type { WantedRequest } from '../mocks/request.ts';
import type { Value } from '../values/value.ts';
import type { OperationRecord } from './record.ts';

/** What a run tells or asks whoever drives it: mocks, or services that are really there. */
export type Step =
  | { readonly kind: 'begins'; readonly operation: Beginning }
  | { readonly kind: 'ends'; readonly record: OperationRecord }
  | { readonly kind: 'asks'; readonly asked: Asked };

/** An action that begins: what of it history hides is known by its own settings only. */
export type Beginning = Pick<OperationRecord, 'name' | 'start' | 'isInputHidden' | 'isOutputHidden' | 'isSecretHandedOn'>;

/** An action asks another service, and goes on with the answer; undefined says that nobody answers. */
export interface Asked {
  readonly request: WantedRequest;
  readonly typeWord: string;
  /** The inputs of the action with all that they hold, what it signs in with too. Never shown. */
  readonly inputs: () => Value;
}

/** Work that goes on step by step, so that the same engine runs with mocks at once and with services in their time. */
export type Steps<Result> = Generator<Step, Result, MockAnswer | undefined>;
