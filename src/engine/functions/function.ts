import type { Value } from '../values/value.ts';
import type { World } from './world.ts';

/** Works out a call whose arguments are of the kinds that its signature names. Refuses other mistakes. */
export type Evaluation = (values: readonly Value[], world: World) => Value;

export type Evaluations<Name extends string> = { readonly [Each in Name]: Evaluation };
