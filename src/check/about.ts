import type { About } from '../diagnostics/diagnostic.ts';
import { fromPointer } from '../json/pointer.ts';
import type { Finding } from './rule.ts';
import type { Subject } from './subject.ts';

/** What a finding is about: what its rule says, the thing that its place is in, and the operations on the way of its secret. */
export function aboutOf(finding: Finding, subject: Subject): About | undefined {
  const around = placeOf(finding, subject);
  if (!finding.about?.others && !finding.path) {
    const about: About = { ...around, ...finding.about };
    return Object.keys(about).length === 0 ? undefined : about;
  }
  const own = [around.action, around.trigger, finding.about?.found];
  const onWay = (finding.path ?? []).flatMap(({ pointer, sibling }) => (sibling ? [] : (nameAt(pointer, subject) ?? [])));
  const others = [...new Set([...(finding.about?.others ?? []), ...onWay])].filter((name) => !own.includes(name));
  const about: About = { ...around, ...finding.about, ...(others.length > 0 && { others }) };
  return Object.keys(about).length === 0 ? undefined : about;
}

function nameAt(pointer: string, subject: Subject): string | undefined {
  const { action, trigger, parameter } = placeOf({ pointer }, subject);
  return action ?? trigger ?? parameter;
}

function placeOf({ pointer, in: place }: Pick<Finding, 'pointer' | 'in'>, subject: Subject): About {
  const operation = place === undefined ? subject.operationAround(pointer) : undefined;
  if (operation) return operation;
  const [first, second] = fromPointer(pointer);
  if (place === undefined) {
    if (second === undefined) return {};
    return first === 'parameters' ? { parameter: second } : first === 'outputs' ? { output: second } : {};
  }
  if (first === undefined) return {};
  if (place === 'parameters') return { parameter: first };
  if (place === 'templateOutputs') return { output: first };
  if (place === 'connectionReferences') return { connection: first };
  return second === undefined ? {} : { connection: second };
}
