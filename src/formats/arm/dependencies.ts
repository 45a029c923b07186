import { walkStrings } from '../../definition/walk.ts';
import { member } from '../../json/member.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { connectionDependency } from '../reading/package-rules.ts';
import { Links } from './links.ts';
import { holderOf, isWorkflow, madeConnections } from './read.ts';
import type { ArmTemplate, PlacedResource } from './templates.ts';

/** Tells of workflows that may be deployed before a connection that they use. Source: docs/facts/resource-manager.md#what-is-deployed-first. */
export function checkDependencies(reading: DocumentFiles, path: string, template: ArmTemplate) {
  const workflows = template.resources.filter(isWorkflow);
  if (workflows.length === 0) return;
  const links = new Links(template);
  for (const workflow of workflows) {
    // reference() and the list functions make the resource wait for what they name.
    if (waitsByItself(workflow)) continue;
    const { holder, pointer } = holderOf(workflow);
    for (const [name, made] of madeConnections(member(holder, 'parameters'), links)) {
      if (made.resource.existing === true || links.isAfter(workflow, made) !== false) continue;
      reading.report(connectionDependency, {
        path,
        at: `${pointer}/parameters/$connections/value/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        message: `the workflow uses the connection "${name}" of this template, and does not wait until that is deployed`,
        help: 'name the resource of the connection in dependsOn of the workflow',
      });
    }
  }
}

function waitsByItself({ resource }: PlacedResource): boolean {
  let found = false;
  walkStrings(resource, [], (text) => {
    if (text.startsWith('[') && /\b(?:reference|references|list\w*)\s*\(/i.test(text)) found = true;
  });
  return found;
}
