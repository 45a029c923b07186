/**
 * What the service takes at most. Source: docs/facts/definitions.md#limits (Microsoft's limits page). Lengths are in characters.
 */
export const limits = {
  actions: 500,
  /** Containers around an action. */
  depth: 8,
  name: 80,
  /** Of the resource in Consumption. */
  workflowName: 80,
  /** Of the app in Standard: longer folders of workflows run, though the page names them too. */
  workflowNameStandard: 32,
  expression: 8192,
  description: 256,
  parameters: 500,
  parametersConsumption: 50,
  outputs: 10,
  cases: 25,
  variables: 250,
  triggers: 10,
  /** In Standard and in Power Automate. */
  triggersElsewhere: 1,
  trackedProperties: 8000,
  /** The limits page says so; another page says 2 KB. */
  uri: 16_384,
  code: 100_000,
  codeConsumption: 1024,
  /** Items of a Foreach. */
  items: 100_000,
} as const;

/** Least and most of numbers that the definition sets. Source: the same. */
export const ranges = {
  repetitions: [1, 50],
  runs: [1, 100],
  maximumWaitingRuns: [10, 200],
  /** Elsewhere than in Standard. */
  maximumWaitingRunsElsewhere: [10, 100],
  untilCount: [1, 5000],
  retryCount: [1, 90],
} as const;

/** Between two tries, in seconds: `PT5S` to `P1D`. */
export const retryInterval = { least: 5, most: 86_400 } as const;

/** In a stateless workflow of Standard. */
export const statelessLimits = { items: 100, untilCount: 100, variable: 1024 } as const;
