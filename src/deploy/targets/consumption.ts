import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import * as arm from '../../formats/arm/write.ts';
import { consumptionInfrastructure } from '../../infrastructure/consumption/logic-app.ts';
import { resolvedId } from '../../infrastructure/resolve.ts';
import { make } from '../../make/make.ts';
import type { Environment, Spec } from '../../spec/spec.ts';
import { changingRequests, named, partsOf } from './parts.ts';
import { rightsFor } from './rights.ts';
import type { ConsumptionTarget } from './target.ts';

/** Makes and checks a workflow for Logic Apps (Consumption). Throws what `generate` throws. */
export function consumptionTargetOf(spec: Spec, environment: Environment): ConsumptionTarget {
  const notes: Diagnostic[] = [];
  const options = { ...named(environment), report: (note: Diagnostic) => notes.push(note) };
  const { infrastructure, definition } = make(spec, { name: 'arm', host: 'consumption', ...arm }, options, (input) => ({
    infrastructure: consumptionInfrastructure(input),
    definition: input.definition,
  }));
  const { target, connection } = infrastructure;
  const { template, ...parts } = partsOf(spec, environment, infrastructure, spec.name);
  const workflow = { subscription: target.subscription, resourceGroup: target.resourceGroup, name: spec.name };
  const startsByItself = spec.trigger.recurrence !== undefined;
  return {
    ...parts,
    targetName: 'consumption',
    place: target,
    infrastructure,
    notes,
    workflow,
    runs: workflow,
    ...(connection &&
      target.connectionName !== undefined && {
        connection: { id: resolvedId(connection.resource, parts.known), name: target.connectionName },
      }),
    definition,
    startsByItself,
    changingRequests: changingRequests(spec),
    rights: [...rightsFor(infrastructure), ...(startsByItself ? ['Microsoft.Logic/workflows/enable/action'] : [])],
    role: 'Logic App Contributor',
    template: ({ state, givesAccess }) => {
      const { parameters, ...rest } = template({ givesAccess });
      return { ...rest, parameters: { ...parameters, state: { value: state } } };
    },
  };
}
