import { type FormatName, generate, parseSpec, type Spec, SpecError } from '../src/index.ts';

/** A spec in which nothing is wrong. `lines` stand at its end. */
export function specText(lines = '', request = 'url: https://contoso.sharepoint.com/sites/hr/_api/web/lists'): string {
  return `name: hr-lists
trigger: { manual: {} }
appRegistration: { tenantId: 11111111-1111-1111-1111-111111111111, clientId: 22222222-2222-2222-2222-222222222222 }
vault: { name: kv-contoso-dev, resourceGroup: rg-shared }
certificate: { name: sharepoint-cert }
requests:
  - name: Get lists
    ${request}
targets:
  consumption: { subscription: 33333333-3333-3333-3333-333333333333, resourceGroup: rg-flows-dev, location: westeurope }
${lines}`;
}

/** The mistakes of a text, as `line:column message`. */
export function mistakes(text: string): string[] {
  try {
    parseSpec(text);
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return error.diagnostics.map(({ range, message }) => `${range?.start.line}:${range?.start.column} ${message}`);
  }
  return [];
}

/** A spec given as an object, which JSON writes and certflow reads. */
export function specOf(overrides: object): Spec {
  return parseSpec(JSON.stringify({ ...baseSpec, ...overrides }));
}

/** What a format refuses in a spec, as `pointer message`. */
export function refusals(spec: Spec, format: FormatName): string[] {
  try {
    generate(spec, { format });
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return error.diagnostics.map(({ pointer, message }) => `${pointer} ${message}`);
  }
  return [];
}

export const baseSpec = {
  name: 'hr-lists',
  trigger: { manual: {} },
  appRegistration: { tenantId: '11111111-1111-1111-1111-111111111111', clientId: '22222222-2222-2222-2222-222222222222' },
  vault: { name: 'kv-contoso-dev', resourceGroup: 'rg-shared' },
  certificate: { name: 'sharepoint-cert' },
  requests: [{ name: 'Get lists', url: 'https://contoso.sharepoint.com/sites/hr/_api/web/lists' }],
  targets: {
    consumption: { subscription: '33333333-3333-3333-3333-333333333333', resourceGroup: 'rg-flows-dev', location: 'westeurope' },
  },
};
