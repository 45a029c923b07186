import type { CreateReporter } from './reporter.ts';

/** Every way to print findings, by the name that `--format` takes; the first is the default. Each is loaded only where it was asked for. */
export const reporters = {
  pretty: async () => (await import('./pretty.ts')).pretty,
  json: async () => (await import('./json.ts')).json,
  github: async () => (await import('./github.ts')).github,
  sarif: async () => (await import('./sarif.ts')).sarif,
} satisfies Readonly<Record<string, () => Promise<CreateReporter>>>;

export type ReporterName = keyof typeof reporters;

export const reporterNames = Object.keys(reporters) as readonly ReporterName[];
