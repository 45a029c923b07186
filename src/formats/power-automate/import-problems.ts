/**
 * What imports and first runs are known to say. Sources: docs/facts/flow-package.md#refusals, docs/facts/solution.md#refusals
 * and docs/facts/sign-in.md#codes-of-errors.
 */
interface ImportProblem {
  readonly symptom: string;
  readonly cure: string;
  /** The one format that it is about. Default: both. */
  readonly format?: 'solution' | 'flow-package';
}

export const importProblems: readonly ImportProblem[] = [
  {
    symptom: 'The solution file is invalid: it must contain solution.xml, customizations.xml and [Content_Types].xml (80048060)',
    cure: 'The zip was packed again with a folder around its files, or is another one. Take it as certflow wrote it.',
    format: 'solution',
  },
  {
    symptom: 'The solution file is invalid: it must contain solution.xml, customizations.xml and [Content_Types].xml (80048060)',
    cure: 'This is a legacy package, and was given to Solutions. Import it under My flows.',
    format: 'flow-package',
  },
  {
    symptom: 'A managed solution of the same name is already there, or an unmanaged one',
    cure: 'Both cannot be in one environment. Import the other zip, or delete that solution first.',
    format: 'solution',
  },
  {
    symptom: 'XrmConnectionReferenceMissingConnection, or: Connection Id missing for connection reference',
    cure: 'The flow was turned on before its connection reference had a connection. Open the connection reference in the solution and choose one.',
    format: 'solution',
  },
  {
    symptom: 'ConnectionAuthorizationFailed, Forbidden',
    cure: 'Whoever imports may not use the connection. Its owner imports, or makes the connection anew as the account that does. A Key Vault connection of a person cannot be shared.',
    format: 'solution',
  },
  {
    symptom: 'ServiceToServiceUnauthorized, or the flow stays off after an import by a pipeline',
    cure: 'The connection in the settings file belongs to a person, and the pipeline imports as an application. Give the connection in the portal, and turn the flow on there.',
    format: 'solution',
  },
  {
    symptom: "Environment variable value can't be an empty string",
    cure: 'A Value in the settings file is empty. Fill it in, or take out its entry.',
    format: 'solution',
  },
  {
    symptom: 'A duplicate key on schemaname',
    cure: 'The environment has a variable of that name from another publisher or solution. Delete it, or change the prefix in the spec.',
    format: 'solution',
  },
  {
    symptom: 'Environment variables are missing after the import',
    cure: 'Set targets.powerAutomate.declareVariables to true (the default): then the solution names them as its components.',
    format: 'solution',
  },
  {
    symptom: 'A component 380 is not known, or cannot be added',
    cure: 'Set targets.powerAutomate.declareVariables to false, generate and import again: then the variables travel by their files alone, as in exports.',
    format: 'solution',
  },
  {
    symptom: 'PackageFlowMissingConnectionMap, or: API connection reference could not be found',
    cure: 'The package was changed after certflow wrote it. "certflow check" says what no longer goes together.',
    format: 'flow-package',
  },
  {
    symptom: 'NotFound, for an id that you do not know',
    cure: 'The package is from another tenant or names a flow that is gone. Import it as new.',
    format: 'flow-package',
  },
  {
    symptom: 'Something went wrong. Please try again later.',
    cure: 'Most often the zip was packed by another tool: take it as certflow wrote it. If that is not it, try again an hour later.',
    format: 'flow-package',
  },
  {
    symptom: 'The import or Turn on says that a connector is blocked, or names a data policy',
    cure: 'The data policy (DLP) of the environment must allow HTTP and Azure Key Vault, in the same group. Ask its administrator.',
  },
  {
    symptom: 'Get_secret: Forbidden (403)',
    cure: 'Whoever signed in to the connection has no role on the vault (it may take ten minutes to hold), or the firewall of the vault keeps the connector out.',
  },
  {
    symptom: 'Get_secret: NotFound (404)',
    cure: 'The connection is to another vault, or the certificate has another name there.',
  },
  {
    symptom: 'HTTP: Could not load the certificate private key',
    cure: 'The certificate is in the vault as PEM, without private key, or with a key that cannot be exported. "certflow cert inspect" tells which.',
  },
  {
    symptom: 'HTTP: error getting AD OAuth token, with a code that begins with AADSTS',
    cure: 'Entra refused the sign-in: 700027 (the public part of the certificate is not on the app registration), 90002 (tenant), 700016 (client id), 500011 (audience).',
  },
];
