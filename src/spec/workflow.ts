import { UsageError } from '../diagnostics/errors.ts';
import type { SpecFile } from '../generated/spec-file.ts';
import { toPointer } from '../json/pointer.ts';
import type { Findings } from './findings.ts';
import type { ReadWorkflowFile, WorkflowFile } from './workflow-file.ts';

/** The workflow that a spec names as its own; undefined where it names none, or the findings say why it cannot be had. */
export function readWorkflow(
  { workflow }: Partial<SpecFile>,
  read: ReadWorkflowFile | undefined,
  findings: Findings,
): WorkflowFile | undefined {
  if (workflow?.file === undefined) return undefined;
  const refuse = (message: string, help: string) => {
    findings.error('spec-value', '/workflow/file', message, help);
    return undefined;
  };
  if (!read)
    return refuse('the file of the workflow is not at hand', 'give parseSpec a readWorkflowFile, or read the spec with loadSpec');
  try {
    const found = read(workflow.file);
    if (found.requests.length > 0) return found;
    return refuse(
      'no HTTP action of this workflow signs in with a certificate or a managed identity, to an audience that is told',
      'run "certflow adopt" on it, which gives it such a sign-in',
    );
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return refuse(error.message, 'name a file with one workflow in it, from where this spec lies');
  }
}

/** A spec with what the file of its workflow tells. */
export function withWorkflow(file: Partial<SpecFile>, { trigger, requests }: WorkflowFile): Partial<SpecFile> {
  const [first, ...rest] = requests;
  return { ...file, trigger, ...(first && { requests: [first, ...rest] }) };
}

/** Tells of what stands in the workflow's file and cannot stand in the spec, too. */
export function checkBesideWorkflow(file: Partial<SpecFile>, findings: Findings) {
  for (const key of ['trigger', 'requests', 'actions', 'description'] as const)
    if (file[key] !== undefined)
      findings.error(
        'spec-value',
        `/${key}`,
        `${key} stands in the file of the workflow`,
        'change it there, and take it out here',
        'key',
      );
  for (const [name, { requests = [] }] of Object.entries(file.environments ?? {}))
    for (const [index, { url }] of requests.entries())
      if (url !== undefined)
        findings.error(
          'spec-value',
          toPointer(['environments', name, 'requests', index, 'url']),
          'the address stands in the file of the workflow',
          'let an environment override the audience alone, or make the address a parameter there',
        );
}
