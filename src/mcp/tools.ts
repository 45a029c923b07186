import { score } from '../check/score.ts';
import { audienceOfAddress } from '../cloud/audiences.ts';
import { fixesOf } from '../diagnostics/diagnostic.ts';
import { UsageError } from '../diagnostics/errors.ts';
import { historyOf } from '../engine/run/history.ts';
import { type FormatName, formatNames } from '../formats/index.ts';
import type { OpenedDefinition, OpenedDocument } from '../formats/reading/opened-document.ts';
import { adopt } from '../library/adopt.ts';
import { checkDocument } from '../library/check-document.ts';
import { explain } from '../library/explain.ts';
import { generate } from '../library/generate.ts';
import { runWorkflow } from '../library/run-workflow.ts';
import { type ParseOptions, parseSpec } from '../spec/parse.ts';
import { parseMocks } from '../test-runner/mocks-file.ts';
import { runnable } from '../test-runner/run-options.ts';
import { listed } from './answer.ts';

/** Said wherever a sign-in is told: other tools tell agents to take it out. */
export const signInStays =
  'The member "authentication" of an HTTP action is the sign-in. Without it the call is anonymous and is refused (401): leave it where it is.';

/** The findings of a workflow, project or package. */
export function checkTool(documents: readonly OpenedDocument[]) {
  const findings = documents.flatMap((document) => checkDocument(document));
  return { workflows: documents.flatMap(({ definitions }) => definitions).length, findings: listed(findings), note: signInStays };
}

/** The mends of findings as edits: nothing is written. */
export function fixTool(documents: readonly OpenedDocument[]) {
  const mended = documents
    .flatMap((document) => checkDocument(document))
    .flatMap((finding) => fixesOf(finding).map((fix) => ({ rule: finding.rule, file: finding.file, ...fix })));
  return { fixes: listed(mended), note: 'Edits are by JSON pointer, to be made in the file. Nothing was written.' };
}

type Aim = Parameters<typeof adopt>[1];

/** What an agent says of the sign-in that it wants. */
interface WantedAim {
  readonly to: Aim['to'];
  readonly vault: string | undefined;
  readonly certificate: string | undefined;
  readonly tenantId: string | undefined;
  readonly clientId: string | undefined;
}

/** Throws a UsageError where it says too little, or too much. */
export function aimOf({ to, vault, certificate, tenantId, clientId }: WantedAim): Aim {
  const tenant = tenantId !== undefined && { tenantId };
  if (to === 'managed-identity') {
    if ((vault ?? certificate ?? clientId) !== undefined)
      throw new UsageError('a managed identity signs in without "vault", "certificate" and "clientId": leave them out');
    return { to, ...tenant };
  }
  if (vault === undefined || certificate === undefined)
    throw new UsageError('give "vault" and "certificate", or "to": "managed-identity"');
  return { vault, certificate, ...tenant, ...(clientId !== undefined && { clientId }) };
}

/** What `adopt` would make of the sign-ins: the plan and the new texts. */
export async function adoptTool(documents: readonly OpenedDocument[], aim: Aim) {
  const found = [];
  for (const document of documents) found.push(await adopt(document, aim));
  return {
    items: listed(found.flatMap(({ plan }) => plan.items)),
    tasks: found.flatMap(({ plan }) => plan.tasks),
    files: found.flatMap(({ files }) => files.map(({ file, after }) => ({ file, after }))),
    note: 'Nothing was written.',
  };
}

/** Where secrets are read, who signs in how, and how secrets come to where they show. */
export function secretPathsTool(documents: readonly OpenedDocument[]) {
  const leaks = documents
    .flatMap((document) => checkDocument(document))
    .filter(({ category, path }) => category === 'security' && path !== undefined)
    .map(({ rule, severity, message, file, pointer, path, help }) => ({ rule, severity, message, file, pointer, help, path }));
  const workflows = documents.flatMap(({ definitions }) => definitions);
  return {
    workflows: workflows.map(({ definition, ...around }) => ({
      name: around.name,
      file: around.file,
      ...score(definition, around),
    })),
    leaks: listed(leaks),
    note: signInStays,
  };
}

/** The files of a spec, as text; a package is named only. */
export function generateTool(text: string, source: ParseOptions, format: string | undefined, environment: string | undefined) {
  const wanted = format ?? 'definition';
  if (!formatNames.includes(wanted as FormatName))
    throw new UsageError(`there is no format "${wanted}": take one of ${formatNames.join(', ')}`);
  const files = generate(parseSpec(text, source), {
    format: wanted as FormatName,
    ...(environment !== undefined && { environment }),
  });
  return {
    files: files.map(({ path, contents }) => ({
      path,
      ...(typeof contents === 'string'
        ? { contents }
        : { bytes: contents.length, note: 'a package: "certflow export" writes it' }),
    })),
  };
}

/** How an HTTP action signs in to an API with a certificate from a vault. */
export function expectedSignInTool(url: string) {
  const audience = audienceOfAddress(url);
  return {
    audience: audience ?? `not known from ${url}: the identifier (App ID URI or id) of the API's registration`,
    authentication: {
      type: 'ActiveDirectoryOAuth',
      tenant: "@parameters('tenantId')",
      audience: audience ?? "@parameters('audience')",
      clientId: "@parameters('clientId')",
      pfx: "@body('Get_secret')?['value']",
      password: '',
    },
    runtimeConfiguration: { secureData: { properties: ['inputs'] } },
    before:
      'An action "Get secret" of the Key Vault connector that reads the secret of the certificate, with "runtimeConfiguration": { "secureData": { "properties": ["outputs"] } }.',
    note: signInStays,
  };
}

/** One run with mocks, as run history would show it. */
export function simulateTool(workflow: OpenedDefinition, body: unknown, mocks: string | undefined) {
  const given = mocks === undefined ? { mocks: [] } : parseMocks(mocks, 'mocks.yaml');
  const { definition, options } = runnable(workflow, { ...given, trigger: body === undefined ? {} : { body } });
  const { definition: _, ...surroundings } = workflow;
  return historyOf(runWorkflow(definition, { surroundings, ...options }));
}

/** The page of a rule, or what a code or message means. */
export const explainTool = explain;
