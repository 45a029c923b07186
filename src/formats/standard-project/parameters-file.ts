import { fitsParameter, parameterType } from '../../definition/parameters.ts';
import { isPlaceholder } from '../../diagnostics/placeholder.ts';
import { isTemplate } from '../../expression/template.ts';
import { isObject } from '../../json/json.ts';
import { toPointer } from '../../json/pointer.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { appParameters } from '../reading/package-rules.ts';

/** Tells of parameters of an app that the runtime cannot read: it then finds none of its workflows. Never quotes a value: it may be a secret. */
export function checkParameters(reading: DocumentFiles, path: string, value: Readonly<Record<string, unknown>>) {
  for (const [name, parameter] of Object.entries(value)) {
    if (name === '$schema' || name === 'contentVersion') continue;
    const at = toPointer([name]);
    const report = (inside: string, message: string, help: string) =>
      reading.report(appParameters, { path, at: at + inside, part: inside === '/value' ? 'value' : 'key', message, help });
    if (!isObject(parameter)) {
      report('', `the parameter "${name}" is no group with type and value`, `write "${name}": { "type": …, "value": … }`);
      continue;
    }
    const type = parameterType(parameter.type);
    if (parameter.type !== undefined && !type)
      report('/type', `the type of the parameter "${name}" is none that there is`, `allowed: ${allowed.join(', ')}`);
    if (parameter.value === undefined) {
      if (parameter.defaultValue === undefined)
        report('', `the parameter "${name}" has no value`, 'give it one: "value": …; it may be @appsetting(\'…\')');
      else report('/defaultValue', `the parameter "${name}" has a defaultValue, and the runtime reads "value"`, 'write "value"');
    } else if (type && !isOpen(parameter.value) && parameter.value !== null && !fitsParameter(type, parameter.value))
      report('/value', `the parameter "${name}" is of type ${type}, and this value is not`, 'change the type, or the value');
  }
}

const allowed = ['String', 'Int', 'Float', 'Bool', 'Array', 'Object'];

function isOpen(value: unknown): boolean {
  return typeof value === 'string' && (isTemplate(value) || isPlaceholder(value));
}
