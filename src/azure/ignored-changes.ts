import { isObject } from '../json/json.ts';

/**
 * A forecast without the resources that the deployment leaves alone; undefined for any other answer, and where it has none of them. A
 * forecast shows each resource of the group twice, in full: with two hundred workflows there, each forecast has two megabytes about
 * the others. Source: Microsoft's "ARM template what-if", change type Ignore.
 */
export function withoutIgnored(answer: unknown): object | undefined {
  if (!isObject(answer) || !isObject(answer.properties) || !Array.isArray(answer.properties.changes)) return undefined;
  const { changes } = answer.properties;
  const kept = changes.filter((change) => !isObject(change) || change.changeType !== 'Ignore');
  return kept.length === changes.length ? undefined : { ...answer, properties: { ...answer.properties, changes: kept } };
}
