import type { CheckOptions } from '../../src/index.ts';

/** One line of the corpus, and one file of its folder `broken`; the corpus' README.md says what the members are. */
export interface CorpusRecord {
  readonly id: string;
  readonly repo: string;
  readonly path: string;
  readonly target: 'arm' | 'consumption' | 'standard' | 'power-automate';
  /** The shape that the definition stood in, such as `workflow.json`, `flow`, `arm-resource`. */
  readonly form: string;
  readonly class: 'template' | 'export' | 'sample' | 'test';
  readonly armExpressions?: boolean;
  readonly kind?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly connections?: Readonly<Record<string, unknown>>;
  readonly connectionReferences?: Readonly<Record<string, unknown>>;
  readonly definition: unknown;
}

export const corpusFiles = ['arm', 'consumption', 'standard', 'power-automate'].map((name) => `workflows/${name}.jsonl.gz`);

/** What a record tells of the surroundings of its definition. */
export function surroundingsOf({
  target,
  armExpressions,
  kind,
  parameters,
  connections,
  connectionReferences,
}: Omit<CorpusRecord, 'id' | 'repo' | 'path' | 'class' | 'form'>): CheckOptions {
  const isStandard = target === 'standard';
  const appConnections = connections ?? (isStandard ? connectionReferences : undefined);
  return {
    host: target === 'arm' ? 'consumption' : target,
    ...(armExpressions && { armExpressions }),
    ...(kind === undefined ? {} : { kind }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(appConnections === undefined ? {} : { connections: appConnections }),
    ...(isStandard || connectionReferences === undefined ? {} : { connectionReferences }),
  };
}
