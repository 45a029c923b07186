import type { OpenedDefinition, OpenedDocument } from '../../formats/reading/opened-document.ts';
import { isObject, type JsonObject } from '../../json/json.ts';
import { keyNamed, member } from '../../json/member.ts';
import { pointerStep } from '../../json/pointer.ts';
import { standard } from '../../workflow/dialects/standard.ts';
import type { Ground } from '../ground.ts';
import type { Aim, CertificateAim, FileEdit } from '../plan.ts';

/** A project of Logic Apps (Standard): its workflows share parameters.json and connections.json, which are made where they are missing. */
export class StandardGrounds {
  readonly #document: OpenedDocument;
  /** The files that are there, or were begun by a workflow before. */
  readonly #begun = new Set<string>();
  #hasConnection = false;

  constructor(document: OpenedDocument) {
    this.#document = document;
  }

  of(opened: OpenedDefinition, aim: Aim): Ground {
    const prefix = (opened.name ?? 'workflow').replaceAll(/[^A-Za-z0-9_]/g, '_');
    const known = aim.to === 'managed-identity' ? undefined : knownConnection(opened, aim);
    const key = known ?? newKey(opened);
    const dialect = standard({ prefix, connector: 'builtIn', connection: key });
    return {
      parameterName: dialect.parameterName,
      getSecretType: 'ServiceProvider',
      getSecret: (name, host) => {
        const made = dialect.getSecret({ name });
        if (!isObject(host)) return { ...made };
        const serviceProviderConfiguration = { ...(host as JsonObject), operationId: 'getSecret' };
        return { ...made, inputs: { ...made.inputs, serviceProviderConfiguration } };
      },
      around: (_, { parameters, needsConnection }) => {
        const edits = parameters.flatMap(({ name, value }) =>
          this.#put('parameters.json', [], name, { type: 'String', value: value ?? '' }, opened.parameters),
        );
        if (aim.to === 'managed-identity' || !needsConnection || known !== undefined || this.#hasConnection) return edits;
        this.#hasConnection = true;
        return [
          ...edits,
          ...this.#put('connections.json', ['serviceProviderConnections'], key, connectionTo(aim), opened.connections),
        ];
      },
    };
  }

  /** A member of a file of the project; the group that it stands in is made with it where it is missing. */
  #put(name: string, group: readonly string[], key: string, value: object, there: unknown): FileEdit[] {
    const path = this.#document.root + name;
    const { files } = this.#document;
    const file = files.displayName(path);
    const isThere = files.has(path);
    const at = group.map(pointerStep).join('');
    const [missing] = group.filter((each) => member(there, each) === undefined);
    const whole = missing !== undefined && !this.#begun.has(file + at);
    this.#begun.add(file + at);
    const edit = whole
      ? ({ kind: 'add', pointer: at, value: { [key]: value } } as const)
      : ({ kind: 'add', pointer: at + pointerStep(key), value } as const);
    return [{ file, path, ...(!isThere && { isNew: true as const }), edit }];
  }
}

const provider = '/serviceProviders/keyVault';

const addressOf = ({ vault }: CertificateAim) => `https://${vault}.vault.azure.net`;

/** The built-in connector, with the identity of the app. Shape: docs/facts/key-vault.md#standard. */
function connectionTo(aim: CertificateAim) {
  return {
    displayName: `Key Vault ${aim.vault}`,
    parameterSetName: 'ManagedServiceIdentity',
    parameterValues: { VaultUri: addressOf(aim), authProvider: { Type: 'ManagedServiceIdentity' } },
    serviceProvider: { id: provider },
  };
}

/** The connection of the app that leads to the vault already. */
function knownConnection({ connections }: OpenedDefinition, aim: CertificateAim): string | undefined {
  const all = member(connections, 'serviceProviderConnections');
  return Object.entries(isObject(all) ? all : {}).find(([, one]) => {
    const address = member(one, 'parameterValues', 'VaultUri');
    return typeof address === 'string' && address.replace(/\/$/, '').toLowerCase() === addressOf(aim).toLowerCase();
  })?.[0];
}

function newKey({ connections }: OpenedDefinition): string {
  for (let number = 1; ; number++) {
    const key = number === 1 ? 'keyVault' : `keyVault-${number}`;
    if (keyNamed(member(connections, 'serviceProviderConnections'), key) === undefined) return key;
  }
}
