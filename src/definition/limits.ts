/** What the service takes at most. Source: facts/workflow-definitions.md 6.1 (Microsoft's limits page). Lengths are in characters. */
export const limits = {
  actions: 500,
  /** Levels of actions in actions. */
  depth: 8,
  name: 80,
  expression: 8192,
  description: 256,
  parameters: 500,
  parametersConsumption: 50,
  outputs: 10,
  cases: 25,
  triggers: 10,
  triggersStandard: 1,
} as const;
