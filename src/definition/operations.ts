import type { Host } from './definition.ts';

/**
 * The kinds of triggers and actions. Source: docs/facts/definitions.md#types-and-kinds.
 * Names are in the spelling that the designer writes; case does not count.
 */

interface OperationType {
  /** The hosts that know it. Default: all of them. */
  readonly hosts?: readonly Host[];
  /** Members of `inputs`, to find slips by. Absent where they depend on a connector. */
  readonly inputs?: readonly string[];
  /** The words that `kind` can be, where they are known. */
  readonly kinds?: readonly string[];
}

const connector = [
  'host',
  'method',
  'path',
  'queries',
  'headers',
  'body',
  'authentication',
  'retryPolicy',
  'pathTemplate',
  'schema',
];
const openApi = ['host', 'parameters', 'authentication', 'retryPolicy', 'schema', 'recurrence'];
const http = ['method', 'uri', 'headers', 'queries', 'body', 'authentication', 'cookie', 'retryPolicy', 'schema', 'pathTemplate'];
const logicApps: readonly Host[] = ['consumption', 'standard'];
const standard: readonly Host[] = ['standard'];
const consumption: readonly Host[] = ['consumption'];

const expressionKinds = [
  'AddToTime',
  'ConvertTimeZone',
  'CurrentTime',
  'GetFutureTime',
  'GetPastTime',
  'SubtractFromTime',
  'FormatNumber',
  'IndexOf',
  'Substring',
];

const actionTable: Readonly<Record<string, OperationType>> = {
  A2ARequest: {},
  Agent: { hosts: logicApps },
  AgentHandOff: { hosts: logicApps },
  ApiApp: { hosts: consumption },
  ApiConnection: { inputs: connector },
  ApiConnectionNotification: {},
  ApiConnectionWebhook: { inputs: connector },
  ApiManagement: {},
  AppendToArrayVariable: { inputs: ['name', 'value'] },
  AppendToStringVariable: { inputs: ['name', 'value'] },
  ArchiveZip: {},
  As2Decode: {},
  As2Encode: {},
  Batch: {},
  CSharpScriptCode: { hosts: standard },
  Changeset: { hosts: consumption },
  ChunkText: {},
  ChunkTextWithMetadata: {},
  Compose: {},
  DecrementVariable: { inputs: ['name', 'value'] },
  EdifactBatchEncode: { hosts: standard },
  EdifactDecode: { hosts: standard },
  EdifactEncode: { hosts: standard },
  Expression: { kinds: expressionKinds },
  FlatFileDecoding: {},
  FlatFileEncoding: {},
  FlatFileSchemaGeneration: {},
  Flow: {},
  Foreach: {},
  Function: { inputs: ['function', 'method', 'uri', 'queries', 'body', 'headers', 'authentication', 'retryPolicy'] },
  HL7Decode: { hosts: standard },
  HL7Encode: { hosts: standard },
  Http: { inputs: http },
  HttpWebhook: { inputs: ['subscribe', 'unsubscribe', 'retryPolicy', 'schema'] },
  If: {},
  IncrementVariable: { inputs: ['name', 'value'] },
  InitializeVariable: { inputs: ['variables'] },
  IntegrationAccountArtifactLookup: { inputs: ['artifactName', 'artifactType', 'integrationAccount'] },
  InvokeFunction: {},
  JavaScriptCode: { inputs: ['code', 'explicitDependencies'] },
  Join: { inputs: ['from', 'joinWith'] },
  Liquid: { kinds: ['JsonToJson', 'JsonToText', 'XmlToJson', 'XmlToText'] },
  Manual: {},
  McpClientTool: {},
  NestedAgent: { hosts: logicApps },
  OpenApiConnection: { inputs: openApi },
  OpenApiConnectionNotification: { inputs: openApi },
  OpenApiConnectionWebhook: { inputs: openApi },
  ParseDocument: {},
  ParseDocumentWithMetadata: {},
  ParseJson: { inputs: ['content', 'schema'] },
  PowershellCode: { hosts: standard },
  Query: { inputs: ['from', 'where'] },
  Recurrence: {},
  Request: {},
  Response: { inputs: ['statusCode', 'headers', 'body', 'schema'], kinds: ['Http', 'PowerApp', 'Skills', 'VirtualAgent'] },
  RosettaNetDecode: {},
  RosettaNetEncode: {},
  RosettaNetWaitForResponse: {},
  RuleExecute: {},
  Scope: {},
  Select: { inputs: ['from', 'select'] },
  SendToBatch: { inputs: ['host', 'batchName', 'partitionName', 'messageId', 'content'] },
  ServiceProvider: {
    hosts: standard,
    inputs: ['parameters', 'serviceProviderConfiguration', 'retryPolicy', 'authentication', 'schema'],
  },
  SetVariable: { inputs: ['name', 'value'] },
  SlidingWindow: {},
  SwiftDecode: { hosts: consumption },
  SwiftEncode: { hosts: consumption },
  SwiftMTDecode: { hosts: standard },
  SwiftMTEncode: { hosts: standard },
  Switch: {},
  Table: { inputs: ['from', 'format', 'columns'] },
  Terminate: { inputs: ['runStatus', 'runError'] },
  Until: {},
  Wait: { inputs: ['interval', 'until'] },
  Workflow: { inputs: ['host', 'body', 'headers', 'retryPolicy', 'authentication', 'schema'] },
  X12BatchEncode: { hosts: standard },
  X12Decode: { hosts: standard },
  X12Encode: { hosts: standard },
  XmlCompose: {},
  XmlParse: {},
  XmlValidation: {},
  Xslt: {},
};

const triggerTable: Readonly<Record<string, OperationType>> = {
  ApiApp: { hosts: consumption },
  ApiConnection: { inputs: [...connector, 'fetch', 'subscribe'] },
  ApiConnectionNotification: {},
  ApiConnectionWebhook: { inputs: connector },
  ApiManagement: { hosts: consumption },
  Batch: { inputs: ['mode', 'batchGroupName', 'configurations'] },
  Http: { inputs: http },
  HttpWebhook: { inputs: ['subscribe', 'unsubscribe', 'retryPolicy', 'schema'] },
  Manual: {},
  OpenApiConnection: { inputs: openApi },
  OpenApiConnectionNotification: { inputs: openApi },
  OpenApiConnectionWebhook: { inputs: openApi },
  Recurrence: {},
  Request: {
    kinds: [
      'Http',
      'Button',
      'PowerApp',
      'PowerAppV2',
      'Skills',
      'VirtualAgent',
      'Agent',
      'ApiConnection',
      'Alert',
      'AzureMonitorAlert',
      'SecurityCenterAlert',
      'EventGrid',
      'Geofence',
      'Teams',
      'TeamsWebhook',
    ],
  },
  ServiceProvider: { hosts: standard, inputs: ['parameters', 'serviceProviderConfiguration', 'retryPolicy', 'schema'] },
  SlidingWindow: {},
};

/** A type as messages name it, with what is known of it. */
export interface NamedOperationType extends OperationType {
  readonly name: string;
}

function byWord(table: Readonly<Record<string, OperationType>>): ReadonlyMap<string, NamedOperationType> {
  return new Map(Object.entries(table).map(([name, type]) => [name.toLowerCase(), { name, ...type }]));
}

/** By type in lower case. */
export const actionTypes = byWord(actionTable);
export const triggerTypes = byWord(triggerTable);

/**
 * Members of an action, of all types together: the service reads them into one class. Source: docs/facts/definitions.md#members.
 */
export const actionMembers = [
  'type',
  'kind',
  'inputs',
  'runAfter',
  'description',
  'metadata',
  'runtimeConfiguration',
  'operationOptions',
  'trackedProperties',
  'limit',
  'conditions',
  'actions',
  'else',
  'cases',
  'default',
  'expression',
  'foreach',
  'repeat',
  'tools',
  'correlation',
  // Of agents.
  'channels',
  'transitions',
  // Of schema versions before 2016-06-01.
  'dependsOn',
] as const;

export const triggerMembers = [
  'type',
  'kind',
  'inputs',
  'recurrence',
  'evaluatedRecurrence',
  'conditions',
  'splitOn',
  'correlation',
  'description',
  'metadata',
  'runtimeConfiguration',
  'operationOptions',
  'trackedProperties',
  'transitions',
  'limit',
  'channels',
] as const;

/** Members of runtimeConfiguration. Source: docs/facts/definitions.md#settings-of-an-operation. */
export const runtimeMembers = [
  'concurrency',
  'paginationPolicy',
  'contentTransfer',
  'secureData',
  'staticResult',
  'requestOptions',
  'retryPolicy',
  'lifetime',
] as const;

/** Values of operationOptions. Source: docs/facts/definitions.md#types-and-kinds. */
export const operationOptions = [
  'None',
  'DisableAsyncPattern',
  'Sequential',
  'SingleInstance',
  'Asynchronous',
  'DisableAutomaticDecompression',
  'EnableSchemaValidation',
  'SuppressWorkflowHeaders',
  'FailWhenLimitsReached',
  'SuppressWorkflowHeadersOnResponse',
  'IncludeAuthorizationHeadersInOutputs',
  'PersistRequestContextForConcurrencyControl',
  'FailWhenIterationFailed',
  'PreserveHttpContent',
] as const;

export const authenticationTypes = [
  'None',
  'Basic',
  'ClientCertificate',
  'ActiveDirectoryOAuth',
  'Raw',
  'ManagedServiceIdentity',
] as const;

/** What a tool that calls an MCP server takes besides. Source: docs/facts/sign-in.md#mcp-tools. */
export const mcpAuthenticationTypes = [...authenticationTypes, 'Key'] as const;
