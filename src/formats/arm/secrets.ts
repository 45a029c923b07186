import { isConnectionSecret } from '../../definition/connections.ts';
import { walkStrings } from '../../definition/walk.ts';
import { isPlaceholder } from '../../diagnostics/placeholder.ts';
import { secretFormIn } from '../../diagnostics/secret-forms.ts';
import { isSecretByName } from '../../diagnostics/secret-names.ts';
import { asText } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { toPointer } from '../../json/pointer.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { templateSecret } from '../reading/package-rules.ts';
import { isWorkflow } from './read.ts';
import { type ArmTemplate, templateKey } from './templates.ts';

/**
 * Tells of secrets that stand in a template around its workflows: defaults of secure parameters, and values that are secrets by their
 * form or by the name of their member. Of those in a workflow itself its own rules tell.
 */
export function checkSecrets(reading: DocumentFiles, path: string, { node, pointer, resources }: ArmTemplate) {
  const report = (at: string, what: string) =>
    reading.report(templateSecret, {
      path,
      at,
      part: 'value',
      isSecret: true,
      message: `${what} is in the template, for everyone who may read that`,
      help: 'take it from a parameter of type securestring without a default, whose value a vault gives',
    });
  for (const [name, parameter] of Object.entries(isObject(node.parameters) ? node.parameters : {})) {
    const at = `${pointer}/parameters${toPointer([name])}/defaultValue`;
    const value = member(parameter, 'defaultValue');
    const isSecure = /^secure/i.test(asText(member(parameter, 'type')));
    // What has blanks is a note to whoever fills it in.
    if (isSecure && typeof value === 'string' && isLiteral(value) && !/\s/.test(value))
      report(at, 'the default of a secure parameter');
    else if (typeof value === 'string' && isSecret(name, value)) report(at, secretFormIn(value) ?? 'a secret');
  }
  // One that a workflow uses is told where it comes to stand there.
  const ofWorkflows = () => JSON.stringify(resources.filter(isWorkflow).map(({ resource }) => resource)).toLowerCase();
  walkStrings(node.variables, [], (text, keys) => {
    const form = isLiteral(text) ? secretFormIn(text) : undefined;
    if (form !== undefined && !ofWorkflows().includes(`variables('${String(keys[0]).toLowerCase()}'`))
      report(`${pointer}/variables${toPointer(keys)}`, form);
  });
  for (const placed of resources) {
    if (isWorkflow(placed)) continue;
    const { resource, pointer: at } = placed;
    const inner = templateKey(resource);
    const isConnection = /^microsoft\.web\/connections$/i.test(asText(resource.type));
    walkStrings(resource.properties, ['properties'], (text, keys) => {
      if (keys[1] === inner) return;
      const name = String(keys.at(-1) ?? '');
      const isOfConnection = isConnection && isConnectionSecret(name) && isLiteral(text);
      if (isOfConnection || isSecret(nameOfSetting(resource, keys) ?? name, text))
        report(at + toPointer(keys), secretFormIn(text) ?? 'a secret');
    });
  }
}

/** Of `{ "name": "ApiKey", "value": "…" }`, as app settings stand in lists, the name. */
function nameOfSetting(resource: unknown, keys: readonly (string | number)[]): string | undefined {
  if (keys.at(-1) !== 'value') return undefined;
  let holder: unknown = resource;
  for (const key of keys.slice(0, -1)) holder = Array.isArray(holder) ? holder[Number(key)] : member(holder, String(key));
  const name = member(holder, 'name');
  return typeof name === 'string' ? name : undefined;
}

function isSecret(name: string, text: string): boolean {
  return isLiteral(text) && (secretFormIn(text) !== undefined || isSecretByName(name, text));
}

function isLiteral(text: string): boolean {
  // In a template that is stored, expressions have a bracket more.
  const isExpression = text.startsWith('[') && text.endsWith(']');
  return text.trim() !== '' && !isExpression && !text.startsWith('@') && !isPlaceholder(text);
}
