import { needing } from '../../azure/needing.ts';
import type { StandardWorkflow } from '../../azure/standard-workflows.ts';
import { rights } from '../../cloud/rights.ts';
import { isObject, textOf } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { certflow } from '../../next/command-line.ts';
import type { SignInAim } from '../../proofs/aim.ts';
import { definitionLinks } from '../../proofs/links/definition.ts';
import { valueDifferences } from '../../proofs/links/values.ts';
import { type Link, ok, unknown, wrong } from '../../proofs/proof.ts';
import { allSignInsIn } from '../../proofs/sign-ins-in.ts';
import type { StandardTarget } from '../targets/target.ts';
import { changeOf } from './standard-change.ts';

/** The workflow itself: healthy, as it was sent, and hiding what it should. */
export function workflowLinks(
  target: StandardTarget,
  { line }: Pick<SignInAim, 'line'>,
  findWorkflow: () => Promise<StandardWorkflow | undefined>,
): Link[] {
  const { workflowName, site, files, definition } = target;
  let found: Promise<StandardWorkflow | undefined> | undefined;
  const deployed = () => {
    found ??= needing(rights.readResources, findWorkflow);
    return found;
  };
  const cure = { cure: 'Deploy again.', command: certflow(line, 'deploy', '--target', 'standard') };
  const known = `Resource Manager shows the workflow ${workflowName} of the app ${site.name}`;
  const needs = ['workflow'] as const;
  return [
    {
      link: 'workflow',
      known,
      needs: ['app'],
      look: async () => {
        const there = await deployed();
        if (!there)
          return wrong(
            `${workflowName} is not in ${site.name}`,
            'Deploy it. One with a schedule is sent as soon as its identity may read the vault.',
            cure.command,
          );
        const { health, problem } = there;
        if (health === 'Healthy') return ok(`${workflowName} is healthy`);
        if (health === '' || health === 'Unknown') return unknown(`Azure does not say whether ${workflowName} is healthy`);
        return wrong(
          `${workflowName} is ${health.toLowerCase()}${problem === '' ? '' : ` (${problem})`}`,
          'Mend what Azure names here, then deploy again.',
          cure.command,
        );
      },
    },
    {
      link: 'values',
      known,
      needs,
      look: async () => {
        const there = await deployed();
        const signIns = (of: ReturnType<typeof definitionIn>) => allSignInsIn(of.definition, of.around);
        const [other] = valueDifferences(signIns(definitionIn(workflowName, files)), signIns(projectIn(workflowName, there)));
        if (other !== undefined) return wrong(other, cure.cure, cure.command);
        // What the workflow itself does is told by the checker.
        const { properties, action } = changeOf(target, there);
        const different = properties.map(({ path }) => path).filter((path) => !path.endsWith('/workflow.json'));
        if (different.length === 0 && action === 'unknown')
          return unknown(
            `Azure does not show ${there?.unseen.join(' and ')} of ${site.name}: whether they are as the spec says is not known`,
            'Reading them takes a role on the app such as Website Contributor; where you have it, run the same command again in some minutes.',
          );
        if (different.length === 0) return ok('parameters and connections are those of the spec');
        return wrong(
          `${different.join(', ')} ${different.length === 1 ? 'is' : 'are'} not as the spec says`,
          cure.cure,
          cure.command,
        );
      },
    },
    ...definitionLinks({
      needs,
      wanted: { definition, around: definitionIn(workflowName, files).around },
      deployed: async () => projectIn(workflowName, await deployed()),
      cure: {
        cure: 'Deploy again, and have a new version of the certificate made where a run has shown the old one.',
        command: cure.command,
      },
    }),
  ];
}

/** Azure gives the workflow's own file without its folder. */
function projectIn(name: string, { files }: Pick<StandardWorkflow, 'files'> = { files: {} }) {
  return definitionIn(name, { ...files, [`${name}/workflow.json`]: files['workflow.json'] });
}

/** A definition of a project with what surrounds it there. */
function definitionIn(name: string, files: Readonly<Record<string, unknown>>) {
  const own = files[`${name}/workflow.json`];
  const group = (value: unknown) => (isObject(value) ? value : {});
  return {
    definition: group(member(own, 'definition')),
    around: {
      host: 'standard' as const,
      name,
      kind: textOf(member(own, 'kind') ?? 'Stateful'),
      connections: group(files['connections.json']),
      parameters: group(files['parameters.json']),
    },
  };
}
