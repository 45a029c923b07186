import { isDeepStrictEqual } from 'node:util';
import type { StandardWorkflow } from '../../azure/standard-workflows.ts';
import type { Change } from '../changes.ts';
import type { StandardTarget } from '../targets/target.ts';

/** What becomes of the files of a project, beside those that are deployed. */
export function changeOf({ workflowName: name, files }: StandardTarget, workflow: StandardWorkflow | undefined): Change {
  const what = 'workflow';
  if (!workflow) return { action: 'create', what, name, properties: [] };
  // Azure gives the workflow's own file without its folder.
  const different = Object.entries(files).filter(
    ([path, wanted]) => !isDeepStrictEqual(wanted, workflow.files[path.slice(path.lastIndexOf('/') + 1)]),
  );
  const properties = different.map(([path]) => ({ path, isHidden: true }));
  return { action: different.length > 0 ? 'change' : 'none', what, name, properties };
}
