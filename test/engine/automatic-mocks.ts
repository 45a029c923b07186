import type { Mock } from '../../src/engine/mocks/mock.ts';
import type { TriggerInput } from '../../src/engine/options.ts';
import { LikelyAnswers } from '../../src/test-runner/likely-answers.ts';

/** A trigger's input and one mock an action, made of what the definition itself says of their answers. */
export function automaticMocks(definition: unknown): { trigger: TriggerInput; mocks: Mock[] } {
  const likely = new LikelyAnswers(definition);
  return { trigger: likely.trigger(), mocks: likely.mocks() };
}
