import { RefusedError } from '../diagnostics/errors.ts';
import { type Finding, type Link, ok, unknown, wrong } from '../proofs/proof.ts';
import type { Sight } from '../proofs/sight.ts';
import { actionName } from '../workflow/build.ts';
import { runOnce } from './run.ts';
import type { DeployTarget } from './targets/target-of.ts';

/**
 * What an API answers to a managed identity. Nobody else gets its tokens, so that a run of the workflow tells; only one that changes
 * nothing is started. Links whose being wrong is told already are waited for.
 */
export function identityCallLink(sight: Sight, target: DeployTarget, request: { readonly name: string }): Link {
  const { name } = request;
  return {
    link: 'call',
    about: name,
    known: 'one run of the deployed workflow, which alone gets tokens of its identity',
    after: ['Logic App', 'app', 'workflow', 'state', 'identity', 'identity permissions', 'identity site', 'values'],
    look: () => called(sight, target, name),
  };
}

async function called({ azure }: Sight, target: DeployTarget, name: string): Promise<Finding> {
  if (target.targetName === 'app-service')
    return unknown('only the app itself gets tokens of its identity', 'Call the API from the app, and look at what it logs.');
  const { spec, environment, changingRequests } = target;
  const own = [spec.actions, ...Object.values(environment.targets).map((one) => ('actions' in one ? (one.actions ?? {}) : {}))];
  const others = own.flatMap((actions) => Object.keys(actions));
  const [changing] = [...changingRequests, ...others.map((action) => `the action ${action}`)];
  if (changing !== undefined)
    return unknown(
      `only a run gets tokens of the identity, and it would also do ${changing}`,
      'Start one where that does no harm: certflow deploy --run.',
    );
  const { actions, cure } = await runOnce(azure, target.runs, () => {});
  const action = actions.find((one) => one.name === actionName(name));
  if (action?.status === 'Succeeded') return ok(`"${name}" is answered well, to the managed identity`);
  if (!action) throw new RefusedError(`the run has no action ${actionName(name)}\nDeploy again.`);
  const [cause] = action.causes;
  const why = cause ? [cause.code, cause.message].filter(Boolean).join(': ').replace(/\.$/, '') : action.status.toLowerCase();
  return wrong(
    `"${name}" failed (${why})`,
    cure ?? 'A token that the identity got before its permission is kept for up to a day: if it has it, look again tomorrow.',
    `certflow explain ${cause?.code && !/\s/.test(cause.code) ? cause.code : '403'}`,
  );
}
