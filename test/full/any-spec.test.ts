// What holds of the definition of every spec that somebody may write, whatever stands in its texts.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check, generate, parseSpec, type Spec } from '../../src/index.ts';
import { readBack } from '../definition/read-back.ts';
import { microsoftSchema } from '../microsoft-schema.ts';
import { specOf } from '../specs.ts';
import { runs } from '../sweep.ts';
import { anySpec, trickyText } from '../workflow/arbitrary-spec.ts';

type Json = Record<string, never>;

function definitionOf(spec: Spec, environment?: string): { actions: Record<string, Json>; parameters: Json } & Json {
  const files = generate(spec, { format: 'definition', ...(environment === undefined ? {} : { environment }) });
  return JSON.parse(String(files.find(({ path }) => path === 'definition.json')?.contents));
}

/** The headers without the `accept` that a call of SharePoint gets where the user names none. */
function withoutDefault(headers: unknown, written: object | undefined): unknown {
  const isOwn = Object.keys(written ?? {}).some((name) => /^accept$/i.test(name));
  if (typeof headers !== 'object' || headers === null || isOwn) return headers;
  const { accept, ...others } = headers as Record<string, unknown>;
  if (accept !== 'application/json;odata=nometadata') return headers;
  return written === undefined ? undefined : others;
}

test("the definition is valid against Microsoft's schema and has no finding but for what the spec asks for", (context) => {
  const validate = microsoftSchema(context);
  fc.assert(
    fc.property(anySpec, (object) => {
      const spec = parseSpec(JSON.stringify(object));
      for (const environment of spec.environments.keys()) {
        const definition = definitionOf(spec, environment || undefined);
        expect(validate(definition)).toEqual([]);
        const found = check(definition, { host: 'consumption' });
        const asked = ['info managed-identity', 'info throttled-without-retry', 'warning client-certificate-host'];
        expect(found.filter(({ rule, severity }) => !asked.includes(`${severity} ${rule}`))).toEqual([]);
      }
    }),
    runs(750),
  );
});

test('what the user wrote is what a reader of the definition gets back', () => {
  fc.assert(
    fc.property(anySpec, (object) => {
      const definition = definitionOf(parseSpec(JSON.stringify(object)), object.environments && 'dev');
      for (const request of object.requests) {
        const inputs = definition.actions[request.name.replaceAll(' ', '_')]?.inputs as unknown as Record<string, unknown>;
        const headers = withoutDefault(inputs.headers, request.headers);
        const read = readBack({ headers, queries: inputs.queries, body: inputs.body });
        expect(read).toEqual({ headers: request.headers, queries: request.queries, body: request.body });
      }
    }),
    runs(1500),
  );
});

test('the definition is byte for byte the same in every environment', () => {
  fc.assert(
    fc.property(anySpec, (object) => {
      const spec = parseSpec(JSON.stringify(object));
      const texts = [...spec.environments.keys()].map((environment) =>
        JSON.stringify(definitionOf(spec, environment || undefined)),
      );
      expect(new Set(texts).size).toBe(1);
    }),
    runs(250),
  );
});

test('an address in plain text is read back', () => {
  fc.assert(
    fc.property(trickyText, (text) => {
      const url = `https://contoso.sharepoint.com/${text.replaceAll('@{', '@ {')}`;
      fc.pre(URL.canParse(url));
      const uri = definitionOf(specOf({ requests: [{ name: 'A', url }] })).actions.A?.inputs as Json | undefined;
      expect(readBack(uri?.uri)).toBe(url);
    }),
    runs(500),
  );
});
