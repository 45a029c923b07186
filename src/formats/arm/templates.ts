import { asText } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { pointerStep } from '../../json/pointer.ts';
import { fillIn } from '../../template-language/fill-in.ts';
import { Scope } from '../../template-language/scope.ts';
import { type Known, unknown, type Value } from '../../template-language/value.ts';
import { listResources } from './recognise.ts';

/** Text and values that may be filled into one file. */
const budget = 10_000_000;

type Node = Readonly<Record<string, unknown>>;

/** The templates whose deployments work out a string, one after the other, the outermost first. */
export type Scopes = readonly [Scope, ...Scope[]];

/** The template of a file, or one that stands in it. */
export interface ArmTemplate {
  readonly node: Node;
  /** Of the template in the file. */
  readonly pointer: string;
  readonly scopes: Scopes;
  /** Whether it, or one around it, is stored for later: what is wrong in it is taken now, and refused when it is deployed. */
  readonly isStored: boolean;
  /** Its resources, those inside other resources too. */
  readonly resources: readonly PlacedResource[];
}

export interface PlacedResource {
  readonly resource: Node;
  /** Index, or symbolic name where the template's language version is 2.0. */
  readonly key: string;
  readonly pointer: string;
}

/**
 * The template of a file and all that it deploys or stores, the outer ones first. Linked templates are elsewhere and passed over.
 * Source: docs/facts/resource-manager.md.
 */
export function listTemplates(root: Node): ArmTemplate[] {
  const found: ArmTemplate[] = [];
  const add = (node: Node, pointer: string, scopes: Scopes, isStored: boolean) => {
    const resources = allResources(node, pointer);
    found.push({ node, pointer, scopes, isStored, resources });
    for (const placed of resources) {
      const inner = templateIn(placed, scopes);
      if (inner) add(...inner, isStored || !isDeployment(placed.resource));
    }
  };
  add(root, '', [new Scope(root, { left: budget })], false);
  return found;
}

function allResources(parent: Node, at: string): PlacedResource[] {
  return listResources(parent).flatMap(({ resource, key }) => {
    const pointer = `${at}/resources${pointerStep(key)}`;
    return [{ resource, key, pointer }, ...allResources(resource, pointer)];
  });
}

/** The keys under which a resource holds a template: one that it deploys, or one that is stored for later (Sentinel's solutions, template specs). */
export function templateKey(resource: Node): 'template' | 'mainTemplate' {
  return isDeployment(resource) ? 'template' : 'mainTemplate';
}

export function isDeployment(resource: Node): boolean {
  return asText(resource.type).toLowerCase() === 'microsoft.resources/deployments';
}

/**
 * The template that a resource holds. With inner scope only its own parameters and variables count; else the outer template's
 * expressions are worked out first. Source: Microsoft's page on linked and nested templates.
 */
function templateIn({ resource, pointer }: PlacedResource, scopes: Scopes): [Node, string, Scopes] | undefined {
  const key = templateKey(resource);
  const template = member(resource, 'properties', key);
  if (!isObject(template)) return undefined;
  const given = isDeployment(resource) ? givenValues(member(resource, 'properties', 'parameters'), scopes) : undefined;
  const isInner =
    isDeployment(resource) && /^inner$/i.test(asText(member(resource, 'properties', 'expressionEvaluationOptions', 'scope')));
  const scope = new Scope(template, scopes[0].budget, given, isInner ? [] : scopes);
  return [template, `${pointer}/properties/${key}`, isInner ? [scope] : [...scopes, scope]];
}

function givenValues(parameters: unknown, scopes: Scopes): ReadonlyMap<string, Value> {
  return new Map(
    Object.entries(isObject(parameters) ? parameters : {}).map(([name, parameter]) => {
      const value = member(parameter, 'value');
      const filled = value === undefined ? undefined : fillIn(value as Known, scopes);
      return [name.toLowerCase(), filled && !filled.isOpen ? (filled.value as Known) : unknown];
    }),
  );
}
