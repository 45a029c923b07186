import type { Resource } from '../../src/infrastructure/model.ts';
import { hasMembers, type Value } from '../../src/infrastructure/value.ts';
import type { Model } from './models.ts';

/** The model without one of its parts, for each of them. */
export function partsTakenAway(model: Model): [what: string, without: Model][] {
  const { deployed, outputs } = model;
  const replaced = (index: number, one: Model['deployed'][number]): Model => ({ ...model, deployed: deployed.with(index, one) });
  return [
    ...deployed.flatMap((one, index): [string, Model][] => [
      [one.symbol, { ...model, deployed: deployed.toSpliced(index, 1) }],
      ...(one.kind === 'resource'
        ? thinner(one).map(([what, thin]): [string, Model] => [what, replaced(index, thin)])
        : one.deployed.map((_, inner): [string, Model] => [
            `${one.symbol}.deployed`,
            replaced(index, { ...one, deployed: one.deployed.toSpliced(inner, 1) }),
          ])),
    ]),
    ...Object.keys(outputs).map((name): [string, Model] => [`output ${name}`, { ...model, outputs: omit(outputs, name) }]),
  ];
}

function thinner(resource: Resource): [string, Resource][] {
  const { symbol, identity, members = {} } = resource;
  const { properties } = members;
  const { identity: _, ...withoutIdentity } = resource;
  return [
    ...(identity ? [[`${symbol}.identity`, withoutIdentity] satisfies [string, Resource]] : []),
    ...Object.keys(members).map((name): [string, Resource] => [
      `${symbol}.${name}`,
      { ...resource, members: omit(members, name) },
    ]),
    ...Object.keys(properties !== undefined && hasMembers(properties) ? properties : {}).map((name): [string, Resource] => [
      `${symbol}.properties.${name}`,
      { ...resource, members: { ...members, properties: omit(properties as Readonly<Record<string, Value>>, name) } },
    ]),
  ];
}

function omit<Member>(members: Readonly<Record<string, Member>>, name: string): Record<string, Member> {
  return Object.fromEntries(Object.entries(members).filter(([key]) => key !== name));
}
