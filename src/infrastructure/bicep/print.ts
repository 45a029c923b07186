import type { Infrastructure, Module, ModuleParameter, Parameter } from '../model.ts';
import type { Value } from '../value.ts';
import { existingBlock, moduleBlock, modulePath, resourceBlock } from './blocks.ts';
import { bicepComment, bicepText } from './literal.ts';
import { silencedIn } from './type-gaps.ts';
import { bicepValue } from './value.ts';

/** A file of Bicep. */
export interface BicepFile {
  readonly path: string;
  readonly contents: string;
}

/** The Bicep files of an infrastructure: `main.bicep` and its modules. `source` is the name of the file that it is made of. */
export function bicepFiles({ parameters, existing, deployed, outputs }: Infrastructure, source: string): BicepFile[] {
  const blocks = [
    ...parameters.map(parameterBlock),
    ...existing.map(existingBlock),
    ...deployed.map((one) => (one.kind === 'resource' ? resourceBlock(one) : moduleBlock(one))),
    Object.entries(outputs).map(outputLines).join('\n'),
  ];
  const modules = deployed.flatMap((one) => (one.kind === 'module' ? [moduleFile(one)] : []));
  return [
    { path: 'main.bicep', contents: file(`Made by certflow from ${source}: change that file, not this one.`, blocks) },
    ...modules,
  ];
}

/** The values of one environment. */
export function bicepParameterFile(parameters: readonly Parameter[]): BicepFile {
  const given = parameters.flatMap(({ name, value }) => (value === undefined ? [] : [`param ${name} = ${bicepValue(value)}\n`]));
  const head = `${bicepComment('Made by certflow: the values of one environment.')}\nusing 'main.bicep'\n\n`;
  return { path: 'main.bicepparam', contents: `${head}${given.join('')}` };
}

function moduleFile(module: Module): BicepFile {
  const blocks = [
    ...module.parameters.map(innerParameterBlock),
    ...module.existing.map(existingBlock),
    ...module.deployed.map(resourceBlock),
  ];
  return { path: modulePath(module), contents: file(`Made by certflow: ${module.title}`, blocks) };
}

function file(title: string, blocks: readonly string[]): string {
  return `${bicepComment(title)}\ntargetScope = 'resourceGroup'\n\n${blocks.join('\n\n')}\n`;
}

/** Names that Bicep's linter takes for those of secrets. A request called so gives its name to a parameter; no parameter is a secret. */
const soundsSecret = /password|pwd|secret|accountkey|acctkey/i;

function parameterBlock({ name, type, description, allowed, default: fallback }: Parameter): string {
  const lines = [
    `@description(${bicepText(description)})`,
    allowed && `@allowed(${bicepValue(allowed)})`,
    soundsSecret.test(name) && '#disable-next-line secure-secrets-in-params // no secret, though its name sounds so',
    `param ${name} ${type}${fallback === undefined ? '' : ` = ${bicepValue(fallback)}`}`,
  ];
  return lines.filter(Boolean).join('\n');
}

function innerParameterBlock({ name, type, description }: ModuleParameter): string {
  const isSecure = type === 'secureObject';
  const lines = [
    `@description(${bicepText(description)})`,
    isSecure && '@secure()',
    `param ${name} ${isSecure ? 'object' : type}`,
  ];
  return lines.filter(Boolean).join('\n');
}

function outputLines([name, value]: [string, Value]): string {
  return [silencedIn(value), `output ${name} string = ${bicepValue(value)}`].filter(Boolean).join('\n');
}
