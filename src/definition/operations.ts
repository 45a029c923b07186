import { actionWords, authenticationTypes, type OperationWords, triggerWords } from '../generated/definition-words.ts';
import type { Host } from './definition.ts';

export {
  actionMembers,
  definitionMembers,
  operationOptions,
  parameterMembers,
  recurrenceMembers,
  runtimeMembers,
  scheduleMembers,
  triggerMembers,
} from '../generated/definition-words.ts';

/**
 * The kinds of triggers and actions. Source: docs/facts/definitions.md#types-and-kinds. Their names and members are those of demands.json,
 * in the spelling that the designer writes; case does not count.
 */

const logicApps: readonly Host[] = ['consumption', 'standard'];
const standard: readonly Host[] = ['standard'];
const consumption: readonly Host[] = ['consumption'];

/** The hosts of types that not every host knows. */
const actionHosts: Readonly<Record<string, readonly Host[]>> = {
  Agent: logicApps,
  AgentHandOff: logicApps,
  ApiApp: consumption,
  CSharpScriptCode: standard,
  Changeset: consumption,
  EdifactBatchEncode: standard,
  EdifactDecode: standard,
  EdifactEncode: standard,
  HL7Decode: standard,
  HL7Encode: standard,
  NestedAgent: logicApps,
  PowershellCode: standard,
  ServiceProvider: standard,
  SwiftDecode: consumption,
  SwiftEncode: consumption,
  SwiftMTDecode: standard,
  SwiftMTEncode: standard,
  X12BatchEncode: standard,
  X12Decode: standard,
  X12Encode: standard,
};

const triggerHosts: Readonly<Record<string, readonly Host[]>> = {
  ApiApp: consumption,
  ApiManagement: consumption,
  ServiceProvider: standard,
};

/** A type as messages name it, with what is known of it. */
export interface NamedOperationType extends OperationWords {
  readonly name: string;
  /** The hosts that know it. Default: all of them. */
  readonly hosts?: readonly Host[];
}

function byWord(
  words: Readonly<Record<string, OperationWords>>,
  hostsOf: Readonly<Record<string, readonly Host[]>>,
): ReadonlyMap<string, NamedOperationType> {
  return new Map(
    Object.entries(words).map(([name, type]) => {
      const hosts = hostsOf[name];
      return [name.toLowerCase(), { name, ...type, ...(hosts && { hosts }) }];
    }),
  );
}

/** By type in lower case. */
export const actionTypes = byWord(actionWords, actionHosts);
export const triggerTypes = byWord(triggerWords, triggerHosts);

export { authenticationTypes };

/** What a tool that calls an MCP server takes besides. Source: docs/facts/sign-in.md#mcp-tools. */
export const mcpAuthenticationTypes = [...authenticationTypes, 'Key'] as const;
