import { armTemplate } from '../../src/infrastructure/arm/print.ts';
import { bicepFiles, bicepParameterFile } from '../../src/infrastructure/bicep/print.ts';
import type { Infrastructure, Resource as ModelResource } from '../../src/infrastructure/model.ts';
import { Computed, hasMembers, isList, type Value } from '../../src/infrastructure/value.ts';
import { type Resource, type SourceFile, snapshot, withOpenValues } from '../bicep.ts';
import type { JsonRpc } from '../json-rpc.ts';

/** What came of a printed model once its compiler has read it. */
export interface Compiled {
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly findings: readonly string[];
}

/** Files that load documents have them beside. */
function documents(value: unknown): SourceFile[] {
  if (value instanceof Computed)
    return value.is.kind === 'document' ? [{ path: value.is.path, contents: JSON.stringify(value.is.json) }] : [];
  const one = value as Value;
  if (isList(one)) return one.flatMap(documents);
  return hasMembers(one) ? Object.values(one).flatMap(documents) : [];
}

const ofResources = ({ deployed }: Infrastructure) =>
  deployed.flatMap((one) => (one.kind === 'resource' ? Object.values((one as ModelResource).members ?? {}) : []));

/** Each printer, with the files by which Bicep's compiler reads what it printed. */
const files: Readonly<Record<string, (model: Infrastructure) => SourceFile[]>> = {
  ARM: (model) => {
    const { contents } = bicepParameterFile(model.parameters);
    return [
      { path: 'azuredeploy.json', contents: JSON.stringify(armTemplate(model)) },
      { path: 'main.bicepparam', contents: contents.replace("using 'main.bicep'", "using 'azuredeploy.json'") },
    ];
  },
  Bicep: (model) => [
    ...bicepFiles(model, 'certflow.yaml'),
    bicepParameterFile(model.parameters),
    ...ofResources(model).flatMap(documents),
  ],
};

export const printerNames = Object.keys(files);

/** Prints a model and has it compiled. Throws where the compiler refuses it. Secure values are opened, so that they can be looked at. */
export async function compiled(compiler: JsonRpc, printer: string, model: Infrastructure): Promise<Compiled> {
  const printed = (files[printer] as (typeof files)[string])(model).map(withOpenValues);
  const { outputs, ...rest } = await snapshot(compiler, printed, 'main.bicepparam');
  return { ...rest, outputs: outputs as Compiled['outputs'] };
}
