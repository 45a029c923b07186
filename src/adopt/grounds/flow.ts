import type { OpenedDefinition } from '../../formats/reading/opened-document.ts';
import { isObject, type JsonObject } from '../../json/json.ts';
import { keyNamed, member } from '../../json/member.ts';
import { pointerStep } from '../../json/pointer.ts';
import { keyVaultConnector, powerAutomate } from '../../workflow/dialects/power-automate.ts';
import { declaration, declarations, type Ground } from '../ground.ts';
import type { FileEdit } from '../plan.ts';

/** A flow of Power Automate in a file of its own: its parameters have their values with them, and its connections stand beside the definition. */
export function flowGround(opened: OpenedDefinition): Ground {
  const key = connectionKey(opened);
  return {
    parameterName: (name) => name,
    getSecretType: 'OpenApiConnection',
    getSecret: (name, host) => {
      const { type, inputs } = dialect.getSecret({ name });
      const own = { ...(inputs.host as JsonObject), connectionName: key };
      const { authentication, ...rest } = inputs;
      const signsIn = keyNamed(opened.definition.parameters, '$authentication') !== undefined;
      return {
        type,
        inputs: {
          ...rest,
          host: isObject(host) ? { ...(inputs.host as JsonObject), ...(host as JsonObject), operationId: 'GetSecret' } : own,
          ...(signsIn && authentication !== undefined && { authentication }),
        },
      };
    },
    around: (_, { parameters, idleParameters, needsConnection }) => [
      ...declarations(opened, parameters.map(declaration), idleParameters).map((edit): FileEdit => ({ file: opened.file, edit })),
      ...(needsConnection ? [reference(opened, key)] : []),
    ],
  };
}

const dialect = powerAutomate({ parameterName: (name) => name, declaration: () => ({ type: 'String' }) }, undefined);

/** The key of the new connection among those of the flow. */
function connectionKey({ connectionReferences }: OpenedDefinition): string {
  for (let number = 0; ; number++) {
    const key = number === 0 ? keyVaultConnector : `${keyVaultConnector}_${number}`;
    if (keyNamed(connectionReferences, key) === undefined) return key;
  }
}

/** A flow names its connections in one of two forms: by the connection, or by the connector alone until somebody chooses one. */
function reference({ file, pointer, connectionReferences }: OpenedDefinition, key: string): FileEdit {
  const at = `${pointer.slice(0, pointer.lastIndexOf('/'))}/connectionReferences`;
  const id = `/providers/Microsoft.PowerApps/apis/${keyVaultConnector}`;
  const isOfSolution = Object.values(connectionReferences ?? {}).some((one) => member(one, 'api') !== undefined);
  const value = isOfSolution
    ? { runtimeSource: 'embedded', connection: {}, api: { name: keyVaultConnector } }
    : { connectionName: '', source: 'Embedded', id, tier: 'NotSpecified', apiName: 'keyvault' };
  return connectionReferences === undefined
    ? { file, edit: { kind: 'add', pointer: at, value: { [key]: value } } }
    : { file, edit: { kind: 'add', pointer: at + pointerStep(key), value } };
}
