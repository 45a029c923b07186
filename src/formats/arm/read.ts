import { isDefinition } from '../../definition/recognise.ts';
import { asText } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { pointerStep } from '../../json/pointer.ts';
import { fillIn } from '../../template-language/fill-in.ts';
import { Scope } from '../../template-language/scope.ts';
import { type Known, unknown, type Value } from '../../template-language/value.ts';
import type { OpenedDefinition } from '../reading/opened-document.ts';
import { type JsonFile, known } from '../reading/reader.ts';
import { listResources, type ResourceEntry, recognise } from './recognise.ts';

/** Text and values that may be filled into one file. */
const budget = 10_000_000;

/**
 * Reads the Logic Apps (Consumption) of an ARM template, those of templates inside it too. Linked templates are elsewhere and
 * passed over. Source: docs/facts/resource-manager.md.
 */
export function read(file: JsonFile): OpenedDefinition[] {
  if (!recognise(file.value)) return [];
  const found: OpenedDefinition[] = [];
  const template = file.value as Record<string, unknown>;
  readResources(template, '', [new Scope(template, { left: budget })], file, found);
  const [first, ...others] = found;
  // What is wrong with the template itself is told once.
  if (!first || !isObject(template.outputs)) return found;
  return [{ ...first, templateOutputs: template.outputs, places: { templateOutputs: { pointer: '/outputs' } } }, ...others];
}

type Scopes = readonly [Scope, ...Scope[]];

function readResources(
  parent: Readonly<Record<string, unknown>>,
  at: string,
  scopes: Scopes,
  file: JsonFile,
  found: OpenedDefinition[],
) {
  for (const entry of listResources(parent)) {
    const pointer = `${at}/resources${pointerStep(entry.key)}`;
    const type = asText(entry.resource.type).toLowerCase();
    if (type === 'microsoft.logic/workflows') found.push(...readWorkflow(entry, pointer, scopes, file));
    if (type === 'microsoft.resources/deployments') readNested(entry, `${pointer}/properties/template`, scopes, file, found);
    else readStored(entry, pointer, scopes, file, found);
    readResources(entry.resource, pointer, scopes, file, found);
  }
}

function readWorkflow({ resource }: ResourceEntry, at: string, scopes: Scopes, { file, text }: JsonFile): OpenedDefinition[] {
  // The designer writes the definition beside `properties` into some templates, and the service's answers have it inside.
  const isInside = member(resource, 'properties', 'definition') !== undefined;
  const holder = isInside ? resource.properties : resource;
  const written = member(holder, 'definition');
  if (written === undefined) return [];
  const { value: definition, filledIn } = fillIn(written as Known, scopes);
  if (!isDefinition(definition)) return [];
  const parameters = isObject(member(holder, 'parameters'))
    ? fillIn(member(holder, 'parameters') as Known, scopes).value
    : undefined;
  const name = typeof resource.name === 'string' ? fillIn(resource.name, scopes) : undefined;
  return [
    known<OpenedDefinition>({
      name: name && !name.isOpen ? asText(name.value) : undefined,
      file,
      text,
      pointer: `${at}${isInside ? '/properties' : ''}/definition`,
      definition,
      filledIn,
      host: 'consumption',
      parameters: parameters as Record<string, unknown> | undefined,
      accessControl: member(holder, 'accessControl') ?? {},
      armExpressions: true,
    }),
  ];
}

/**
 * A template that another one deploys. With inner scope only its own parameters and variables count; else the outer template's
 * expressions are worked out first. Source: Microsoft's page on linked and nested templates.
 */
function readNested({ resource }: ResourceEntry, at: string, scopes: Scopes, file: JsonFile, found: OpenedDefinition[]) {
  const template = member(resource, 'properties', 'template');
  if (!isObject(template)) return;
  const given = givenValues(member(resource, 'properties', 'parameters'), scopes);
  const isInner = /^inner$/i.test(asText(member(resource, 'properties', 'expressionEvaluationOptions', 'scope')));
  const scope = new Scope(template, scopes[0].budget, given, isInner ? [] : scopes);
  readResources(template, at, isInner ? [scope] : [...scopes, scope], file, found);
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

/** A template that is stored for later, as Sentinel's solutions and template specs do. */
function readStored({ resource }: ResourceEntry, at: string, scopes: Scopes, file: JsonFile, found: OpenedDefinition[]) {
  const template = member(resource, 'properties', 'mainTemplate');
  if (!isObject(template)) return;
  const scope = new Scope(template, scopes[0].budget, new Map(), scopes);
  readResources(template, `${at}/properties/mainTemplate`, [...scopes, scope], file, found);
}
