import { isDeepStrictEqual } from 'node:util';
import { type CheckOptions, examine } from '../../check/check.ts';
import type { Definition } from '../../definition/definition.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import type { Cure, Finding, Link, LinkName } from '../proof.ts';
import { ok } from '../proof.ts';

/** A deployed definition beside the one that the spec makes, where there is a spec. */
export interface DeployedDefinition {
  readonly definition: unknown;
  readonly around: CheckOptions;
}

export interface DefinitionLinkOptions {
  readonly needs: readonly LinkName[];
  readonly deployed: () => Promise<DeployedDefinition>;
  readonly wanted?: { readonly definition: Definition; readonly around: CheckOptions };
  readonly cure: Cure;
}

/** The checker over the deployed definition, whole: what shows a secret, and what fails. What the spec itself has is told by `certflow check`. */
export function definitionLinks({ needs, deployed, wanted, cure }: DefinitionLinkOptions): Link[] {
  const link = (link: 'secrets' | 'definition', isIts: (finding: Diagnostic) => boolean, well: string): Link => ({
    link,
    known: 'the rules of "certflow check" over the definition that is deployed',
    // What is deployed with other values breaks other rules.
    needs: link === 'definition' ? [...needs, 'values'] : needs,
    look: async () => {
      const there = await deployed();
      const all = newFindings(there, wanted).filter(isIts);
      const shown = link === 'secrets' && wanted ? lessHidden(wanted.definition, there.definition) : [];
      const lines = [...all.map(({ message }) => message), ...(all.length === 0 ? shown : [])];
      return judged(lines, well, cure);
    },
  });
  return [
    link('secrets', ({ category }) => category === 'security', 'run history hides what it should'),
    link('definition', ({ category }) => category === 'correctness', 'it is as the rules of certflow want it'),
  ];
}

/** A side of an action that run history shows unless it is hidden. */
export interface Side {
  readonly action: string;
  readonly side: 'inputs' | 'outputs';
}

/** The sides that a secret comes to in a deployed definition and that are not hidden, as the checker follows it. */
export function sidesThatShow({ definition, around }: DeployedDefinition): Side[] {
  const found = all(examine(definition, around)).filter(
    ({ category, severity }) => category === 'security' && severity !== 'info',
  );
  return found.flatMap(({ rule, about }): Side[] =>
    about?.action === undefined ? [] : [{ action: about.action, side: rule.endsWith('-outputs') ? 'outputs' : 'inputs' }],
  );
}

function judged([first, ...more]: readonly string[], well: string, cure: Cure): Finding {
  if (first === undefined) return ok(well);
  return { result: 'wrong', found: `${first}${more.length === 0 ? '' : `; and ${more.length} more`}`, ...cure };
}

/** What is found in a definition, and not in the one that the spec makes; what is suppressed there alone counts too. */
function newFindings({ definition, around }: DeployedDefinition, wanted: DefinitionLinkOptions['wanted']): Diagnostic[] {
  const known = wanted ? all(examine(wanted.definition, wanted.around)) : [];
  const isKnown = ({ rule, message }: Diagnostic) => known.some((one) => one.rule === rule && one.message === message);
  const found = examine(definition, around);
  return (wanted ? all(found) : found.diagnostics).filter((one) => one.severity !== 'info' && !isKnown(one));
}

function all({ diagnostics, suppressed }: ReturnType<typeof examine>): Diagnostic[] {
  return [...diagnostics, ...suppressed.map(({ diagnostic }) => diagnostic)];
}

/** Secret values stay out of run history by the settings of each action: somebody may have changed them in the designer. */
function lessHidden(wanted: Definition, found: unknown): string[] {
  const names = Object.entries(wanted.actions ?? {})
    .filter(([name, action]) => !isDeepStrictEqual(secureData(action), secureData(member(found, 'actions', name))))
    .map(([name]) => name);
  return names.map((name) => `"${name}" does not hide what the spec hides`);
}

function secureData(action: unknown): string[] {
  const properties = member(action, 'runtimeConfiguration', 'secureData', 'properties');
  return isObject(action) && Array.isArray(properties) ? properties.map(String).sort() : [];
}
