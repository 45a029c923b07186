import { listActions } from '../../definition/walk.ts';
import { entryOf, member } from '../../json/member.ts';
import { fromPointer } from '../../json/pointer.ts';
import { lacking, lackingInTarget, type Requirement } from '../../spec/required.ts';
import type { Environment, Spec, Targets } from '../../spec/spec.ts';

export type PowerAutomateTarget = NonNullable<Targets['powerAutomate']>;

/** What a flow can be told of its surroundings. Throws a SpecError for what Power Automate cannot do and a Logic App can. */
export function powerAutomateTarget(spec: Spec, environment: Environment): PowerAutomateTarget {
  const target = environment.targets.powerAutomate ?? {};
  const requirements: Requirement[] = [];
  if (spec.trigger.request?.callers?.ipRanges !== undefined && target.callers === undefined)
    requirements.push({
      path: ['trigger', 'request', 'callers', 'ipRanges'],
      message: 'Power Automate cannot admit callers by their IP address',
      help: 'say who may call instead, with targets.powerAutomate.callers: tenant (users of the tenant, who sign in) or anyone; or make it a Logic App',
    });
  const { frequency, interval } = spec.trigger.recurrence ?? {};
  // Source: Microsoft's page on the limits of Power Automate, "Minimum recurrence interval".
  if (frequency === 'Second' && interval !== undefined && interval < 60)
    requirements.push({
      path: ['trigger', 'recurrence', 'interval'],
      message: `Power Automate runs a flow every 60 seconds at most, and this says every ${interval}`,
      help: 'write 60 or more; or make it a Logic App',
    });
  requirements.push(...identities(spec));
  requirements.push(
    ...beyondFlows(spec.actions, ['actions']),
    ...beyondFlows(target.actions ?? {}, ['targets', 'powerAutomate', 'actions']),
    ...unwritable(spec),
  );
  if (requirements.length > 0) throw lacking(spec, environment, requirements);
  return target;
}

/** Requests that sign in with an identity. Source: docs/facts/managed-identity.md#where-there-is-none. */
function identities({ requests }: Spec): Requirement[] {
  return requests.flatMap(({ signIn }, index) =>
    signIn === 'managedIdentity'
      ? [
          {
            path: ['requests', String(index), 'signIn'],
            message: 'Power Automate has no managed identity: a flow cannot sign in with one',
            help: 'write signIn: entra, which signs in with a certificate; or make it a Logic App',
          },
        ]
      : [],
  );
}

/**
 * Built-in actions of Logic Apps alone, by type in lower case. The designer of flows has none of them. Source:
 * docs/facts/definitions.md#types-and-kinds.
 */
const onlyInLogicApps: Readonly<Record<string, string>> = {
  function: 'write the call of the Azure function as a request, or as an Http action with its key',
  javascriptcode: 'use expressions, or make it a Logic App',
};

/** Actions in raw WDL that a Logic App could do and a flow cannot. */
function beyondFlows(actions: Readonly<Record<string, object>>, path: readonly string[]): Requirement[] {
  return listActions({ actions }).flatMap(({ type, typeWord, node, pointer }): Requirement[] => {
    const here = [...path, ...fromPointer(pointer).slice(1)];
    const help = entryOf(onlyInLogicApps, typeWord);
    if (help !== undefined) return [{ path: [...here, 'type'], message: `Power Automate has no action of type ${type}`, help }];
    if (member(node.inputs, 'authentication', 'type') !== 'ManagedServiceIdentity') return [];
    return [
      {
        path: [...here, 'inputs', 'authentication', 'type'],
        message: 'Power Automate has no managed identity: a flow cannot sign in with one',
        help: 'make the call a request of the spec, which signs in with the certificate; or make it a Logic App',
      },
    ];
  });
}

/** The solution that a flow goes into, with every default filled in. */
export interface SolutionTarget {
  readonly uniqueName: string;
  readonly publisher: { readonly name: string; readonly prefix: string; readonly optionValuePrefix: number };
  readonly version: string;
  readonly language: number;
  readonly turnedOn: boolean;
  readonly declareVariables: boolean;
}

const needed = {
  solution: 'the unique name of the solution, such as ContosoFlows; the format flow-package does without one',
  publisher: "the publisher's name and prefix, such as { name: contoso, prefix: cto }",
} as const;

/** The solution of an environment. Throws a SpecError that names all that is missing. */
export function solutionTarget(spec: Spec, environment: Environment): SolutionTarget {
  const target = powerAutomateTarget(spec, environment);
  const { solution, publisher, version, language, turnedOn, declareVariables } = target;
  if (solution === undefined || publisher === undefined) throw lackingInTarget(spec, environment, 'powerAutomate', needed);
  return {
    uniqueName: solution,
    publisher: { ...publisher, optionValuePrefix: publisher.optionValuePrefix ?? 10_000 },
    version: version ?? '1.0.0.0',
    language: language ?? 1033,
    turnedOn: turnedOn ?? false,
    declareVariables: declareVariables ?? true,
  };
}

/** Text of the spec that stands in XML, where some characters cannot, not even escaped. */
function unwritable({ description, requests }: Spec): Requirement[] {
  const texts = [
    { path: ['description'], what: 'the description', text: description ?? '' },
    ...requests.map(({ name }, index) => ({ path: ['requests', String(index), 'name'], what: 'the name', text: name })),
  ];
  return texts.flatMap(({ path, what, text }) => {
    const found = noXml.exec(text)?.[0];
    if (found === undefined) return [];
    const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return [
      {
        path,
        message: `${what} has the character U+${code}, which the files of a flow cannot hold`,
        help: 'leave it out',
      },
    ];
  });
}

/** Whatever is no Char of XML 1.0, halves of surrogate pairs among it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const noXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/u;
