import { parseVaultAddress } from '../../cloud/vault-identifiers.ts';
import type { Answers } from './questions.ts';

/**
 * An answer as people have it at hand, in the form that a spec takes: "West Europe" is `westeurope`, the identifier of a certificate is its
 * name, a resource id is the subscription in it. What is in that form already, and what is nothing known, stays as it is.
 */
export function rightForm(key: keyof Answers, answer: string): string {
  const text = answer
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim();
  switch (key) {
    case 'name':
    case 'app':
      return text.replaceAll(/\s+/g, '-');
    case 'solution':
    case 'publisher':
      return text.replaceAll(/[^\w]+/g, '');
    case 'prefix':
      return text.toLowerCase();
    case 'url':
      return text.replaceAll(' ', '%20');
    case 'vault':
      return parseVaultAddress(text)?.vault ?? /\/vaults\/([^/]+)$/i.exec(text)?.[1] ?? text;
    case 'certificate':
      return parseVaultAddress(text)?.name ?? text.replaceAll(/\s+/g, '-');
    case 'subscription':
      return /\/subscriptions\/([^/]+)/i.exec(text)?.[1] ?? withoutBraces(text);
    case 'resourceGroup':
      return /\/resourceGroups\/([^/]+)/i.exec(text)?.[1] ?? text;
    case 'location':
      // The portal writes "(Europe) West Europe".
      return text
        .replace(/^\([^)]*\)\s*/, '')
        .replaceAll(/\s+/g, '')
        .toLowerCase();
    case 'clientId':
    case 'tenantId':
      return withoutBraces(text);
    default:
      return text;
  }
}

/** What one answer says of others: the identifier of a certificate names its vault, a resource id its resource group. */
export function saidAlong(key: keyof Answers, answer: string): Partial<Answers> {
  const address = key === 'certificate' ? parseVaultAddress(answer.trim()) : undefined;
  if (address) return { vault: address.vault };
  const group = key === 'subscription' ? /\/resourceGroups\/([^/]+)/i.exec(answer)?.[1] : undefined;
  return group === undefined ? {} : { resourceGroup: group };
}

/** What a person should know of an answer that was taken in another form. */
export function remarkOn(key: keyof Answers, answer: string, taken: string): string | undefined {
  const version = key === 'certificate' ? parseVaultAddress(answer.trim())?.version : undefined;
  if (version !== undefined)
    return `${taken} without its version: so the workflow goes on with the next certificate by itself. certificate.version would pin it.`;
  return answer === taken ? undefined : `${answer.trim()} is written as ${taken}.`;
}

/** A GUID as PowerShell and Visual Studio print it. */
function withoutBraces(text: string): string {
  return text.replace(/^\{(.*)\}$/, '$1');
}
