/** What certflow writes and no real export of the corpus has, by the reason for which it is written all the same. */
export const unseen: Readonly<Record<string, readonly string[]>> = {
  'The corpus has no flow with a certificate (docs/facts/sign-in.md#the-http-action); the shape is that of Logic Apps and their designer.':
    [
      'flow definition/actions/[Http]/inputs/authentication: pfx',
      'flow definition/actions/[Http]/inputs/authentication: audience < password',
      'flow definition/actions/[Http]/inputs/authentication: authority < password',
      'flow definition/actions/[Http]/inputs/authentication: clientId < password',
      'flow definition/actions/[Http]/inputs/authentication: tenant < password',
    ],
  'Three exports sign in to Entra, with keys sorted by name; this is the order in which the designer writes them (docs/facts/sign-in.md#the-http-action).':
    [
      'flow definition/actions/[Http]/inputs/authentication: authority < audience',
      'flow definition/actions/[Http]/inputs/authentication: authority < clientId',
      'flow definition/actions/[Http]/inputs/authentication: authority < tenant',
      'flow definition/actions/[Http]/inputs/authentication: tenant < audience',
      'flow definition/actions/[Http]/inputs/authentication: tenant < clientId',
      'flow definition/actions/[Http]/inputs/authentication: type < audience',
      'flow definition/actions/[Http]/inputs/authentication: type < clientId',
      'flow definition/actions/[Http]/inputs/authentication: type < tenant',
    ],
  'Of the HTTP actions with a retry policy or a time limit none is in the corpus; the schema of definitions has both.': [
    'flow definition/actions/[Http]/inputs/retryPolicy: count',
    'flow definition/actions/[Http]/inputs/retryPolicy: interval',
    'flow definition/actions/[Http]/inputs/retryPolicy: maximumInterval',
    'flow definition/actions/[Http]/inputs/retryPolicy: minimumInterval',
    'flow definition/actions/[Http]/inputs/retryPolicy: type',
    'flow definition/actions/[Http]/inputs: retryPolicy',
    'flow definition/actions/[Http]/limit: timeout',
    'flow definition/actions/[Http]: limit',
  ],
  'The four exports that have queries or authentication sort keys by name, or lack the other key; the order is that of the schema of definitions.':
    [
      'flow definition/actions/[Http]/inputs: body < authentication',
      'flow definition/actions/[Http]/inputs: headers < authentication',
      'flow definition/actions/[Http]/inputs: queries < body',
      'flow definition/actions/[Http]/inputs: queries < headers',
    ],
  'Exports with a method have it behind triggerAuthenticationType or the schema; all hosts get the same order. relativePath is in no export; the designer offers it.':
    [
      'flow definition/triggers/[Request Http]/inputs: method < schema',
      'flow definition/triggers/[Request Http]/inputs: relativePath',
    ],
  'The two unpacked exports have no description; in zips the attribute stands at the same place.': [
    'customizations.xml/ImportExportXml/Workflows/Workflow attributes: Description < xmlns:xsi',
  ],
};
