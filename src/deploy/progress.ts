import type { DeployTarget } from './targets/target-of.ts';

/** Something that has come about on the way of a target. */
export interface ProgressEvent {
  readonly spec: string;
  /** Empty where the spec has no environments. */
  readonly environment: string;
  /** What it is about: a resource, an action of a run, or the step itself. One line of a live display each. */
  readonly about: string;
  /** In words: `Running`, `is there`, `waiting for the role`. */
  readonly state: string;
}

export type Progress = (event: ProgressEvent) => void;

/** Tells of one target; what has been told already is not told again. */
export function progressOf({ spec, environment }: DeployTarget, tell: Progress): (about: string, state: string) => void {
  const told = new Map<string, string>();
  return (about, state) => {
    if (told.get(about) === state) return;
    told.set(about, state);
    tell({ spec: spec.name, environment: environment.name, about, state });
  };
}
