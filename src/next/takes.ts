/** What a command takes of what others were called with. */
export interface Takes {
  readonly specs: 'one' | 'several';
  readonly environments?: 'one' | 'several';
  readonly target?: true;
  /** Whether it calls Azure. */
  readonly cloud?: true;
  /** Arguments before the spec, where nothing is said of them. */
  readonly before?: readonly string[];
}

const one = { specs: 'one', environments: 'one' } as const;
const several = { specs: 'several', environments: 'one' } as const;
const inAzure = { target: true, cloud: true } as const;
const ofRun = { ...one, ...inAzure, before: ['latest'] } as const;

/** The commands that take a spec, by name. A test compares them with what the command line declares. */
export const takes: Readonly<Record<string, Takes>> = {
  setup: { ...several, cloud: true },
  guide: several,
  'cert rotate': { ...one, cloud: true },
  'cert expiring': { specs: 'several', cloud: true },
  generate: { specs: 'several', environments: 'several' },
  export: several,
  snippet: one,
  deploy: { specs: 'several', environments: 'several', ...inAzure },
  status: { specs: 'several', environments: 'several', ...inAzure },
  doctor: { specs: 'several', environments: 'several', ...inAzure },
  destroy: { specs: 'several', environments: 'several', ...inAzure },
  runs: { ...several, ...inAzure },
  'runs list': { ...several, ...inAzure },
  'runs show': ofRun,
  'runs cancel': ofRun,
  'runs resubmit': ofRun,
  pipeline: { specs: 'several' },
};
