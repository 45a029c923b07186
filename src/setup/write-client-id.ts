import { type Document, isMap, isScalar, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import type { Spec } from '../spec/spec.ts';
import { hasOwnRegistration } from './wanted.ts';

/** The library's own limit to aliases counts those that do no harm; a spec that was read has no others. */
const unfolding = { maxAliasCount: -1 };

/**
 * The text of a spec with the client id of an environment's app registration written into it: into the environment where environments
 * have registrations of their own, else into the part that all share. Nothing else of the text changes, so that comments and layout
 * stay; only where the place is not a plain group (an alias, a text over several lines) the YAML library writes the file anew.
 */
export function withClientId(spec: Spec, environment: string, clientId: string): string {
  const { text } = spec.source;
  const isOwn = hasOwnRegistration(spec, environment);
  const path = [...(isOwn ? ['environments', environment] : []), 'appRegistration'];
  const document = parseDocument(text);
  const group = document.getIn(path, true);
  const spliced =
    isOwn && group === undefined ? withNewGroup(text, document, environment, clientId) : splice(text, group, clientId);
  // An alias is set apart: what it stands for is meant for others too.
  const { appRegistration = {} } = Object(isOwn ? document.toJS(unfolding).environments[environment] : document.toJS(unfolding));
  if (isMap(group)) document.setIn([...path, 'clientId'], clientId);
  else document.setIn(path, document.createNode({ ...appRegistration, clientId }));
  const expected = JSON.stringify(sorted(document.toJS(unfolding)));
  if (spliced !== undefined && JSON.stringify(sorted(parseDocument(spliced).toJS(unfolding))) === expected) return spliced;
  return document.toString({ lineWidth: 0 });
}

/** The text with the pair put into a group that is written out. */
function splice(text: string, group: unknown, clientId: string): string | undefined {
  if (!isMap(group)) return undefined;
  const pairs = (group as YAMLMap<Scalar, unknown>).items;
  const there = pairs.find(({ key }) => key.value === 'clientId');
  if (there) return replaced(text, there, clientId);
  const after = pairs.find(({ key }) => key.value === 'tenantId') ?? pairs.at(-1);
  const start = after?.key.range?.[0];
  const end = isScalar(after?.value) ? after.value.range?.[1] : undefined;
  if (after === undefined || start === undefined || end === undefined) return undefined;
  const quote = after.key.type === 'QUOTE_DOUBLE' ? '"' : '';
  const pair = `${quote}clientId${quote}: ${quote}${clientId}${quote}`;
  if (group.flow) {
    const isOnItsOwnLine = /\r?\n[ \t]*$/.exec(text.slice(0, start));
    return `${text.slice(0, end)},${isOnItsOwnLine ? isOnItsOwnLine[0] : ' '}${pair}${text.slice(end)}`;
  }
  // A line of its own, behind a comment on the line before.
  const lineEnd = text.indexOf('\n', end);
  const at = lineEnd === -1 ? text.length : lineEnd;
  const lineBreak = text[at - 1] === '\r' ? '\r\n' : '\n';
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const before = text.slice(0, lineBreak === '\r\n' ? at - 1 : at);
  return `${before}${lineBreak}${' '.repeat(column)}${pair}${text.slice(before.length)}`;
}

/** The text with a group put into an environment that has none, as its first. */
function withNewGroup(text: string, document: Document, name: string, clientId: string): string | undefined {
  const environments = document.get('environments', true) as unknown;
  if (!isMap(environments)) return undefined;
  const pair = (environments as YAMLMap<Scalar, unknown>).items.find(({ key }) => key.value === name);
  const environment = pair?.value;
  if (!isMap(environment) || !environment.range) return undefined;
  const quote = pair?.key.type === 'QUOTE_DOUBLE' ? '"' : '';
  const group = `${quote}appRegistration${quote}: { ${quote}clientId${quote}: ${quote}${clientId}${quote} }`;
  const [start] = environment.range;
  if (environment.flow) {
    const rest = text.slice(start + 1);
    return `${text.slice(0, start + 1)} ${group}${environment.items.length > 0 ? `,${rest}` : ` ${rest.trimStart()}`}`;
  }
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return `${text.slice(0, start)}${group}${lineBreak}${' '.repeat(column)}${text.slice(start)}`;
}

function replaced(text: string, { value }: Pair<Scalar, unknown>, clientId: string): string | undefined {
  const range = isScalar(value) ? value.range : undefined;
  return range ? `${text.slice(0, range[0])}${clientId}${text.slice(range[1])}` : undefined;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
