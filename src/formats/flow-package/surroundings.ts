import type { Surroundings } from '../../definition/surroundings.ts';
import type { WriteInput } from '../format.ts';
import { connectionReferencesOf } from './from-workflow.ts';

/** What the package says around its flow. */
export function surroundings(input: WriteInput): Surroundings {
  return { name: input.workflow.name, connectionReferences: connectionReferencesOf(input) };
}
