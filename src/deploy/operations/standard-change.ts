import { isDeepStrictEqual } from 'node:util';
import type { StandardWorkflow } from '../../azure/standard-workflows.ts';
import type { Change } from '../changes.ts';
import type { StandardTarget } from '../targets/target.ts';

/** What becomes of the files of a project, beside those that are deployed. */
export function changeOf({ workflowName: name, files }: StandardTarget, workflow: StandardWorkflow | undefined): Change {
  const what = 'workflow';
  if (!workflow) return { action: 'create', what, name, properties: [] };
  // Azure gives the workflow's own file without its folder.
  const nameIn = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const different = Object.entries(files).filter(([path, wanted]) => {
    const file = nameIn(path);
    return !workflow.unseen.includes(file) && !isDeepStrictEqual(wanted, workflow.files[file]);
  });
  const properties = different.map(([path]) => ({ path, isHidden: true }));
  if (properties.length > 0) return { action: 'change', what, name, properties };
  const isWhole = Object.keys(files).every((path) => !workflow.unseen.includes(nameIn(path)));
  return { action: isWhole ? 'none' : 'unknown', what, name, properties };
}
