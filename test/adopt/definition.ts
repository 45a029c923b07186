// biome-ignore lint/suspicious/noExplicitAny: each case looks at what it needs of a definition
export type Group = Record<string, any>;

/** A definition with these actions, and what else it declares. */
export function definition(actions: object, parameters: object = {}): Group {
  return {
    $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    parameters: { $connections: { type: 'Object', defaultValue: {} }, ...parameters },
    triggers: { Recurrence: { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } } },
    actions,
    outputs: {},
  };
}
