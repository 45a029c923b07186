import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type TestContext, vi } from 'vitest';
import { sharedFolder } from './shared.ts';

interface Judgement {
  readonly isSuccessful?: boolean;
  readonly operationInfo?: { readonly operationId: string };
  readonly errors: readonly { readonly code: string; readonly message: string; readonly pathsInPayload: readonly string[] }[];
  readonly runtimeException?: { readonly message: string };
}

interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface Response {
  readonly statusCode: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface LiveValidator {
  initialize(): Promise<void>;
  validateLiveRequest(request: Request): Promise<Judgement>;
  validateLiveRequestResponse(exchange: {
    readonly liveRequest: Request;
    readonly liveResponse: Response;
  }): Promise<{ readonly requestValidationResult: Judgement; readonly responseValidationResult: Judgement }>;
}

/** Gives what Microsoft's OpenAPI descriptions say against a request, a line each. Skips the test where they are missing. */
export async function openApi(context: TestContext): Promise<(method: string, url: string, body: unknown) => Promise<string[]>> {
  const validator = await liveValidator(context, true);
  return async (method, url, body) =>
    lines(url, await validator.validateLiveRequest({ method, url, headers: { 'content-type': 'application/json' }, body }));
}

/** The same of a request and of its answer, of Resource Manager or, where `isArm` is false, of Key Vault's data plane. */
export async function openApiOfExchanges(
  context: TestContext,
  isArm: boolean,
): Promise<(request: Request, response: Response) => Promise<string[]>> {
  const validator = await liveValidator(context, isArm);
  return async (liveRequest, liveResponse) => {
    const { requestValidationResult, responseValidationResult } = await validator.validateLiveRequestResponse({
      liveRequest,
      liveResponse,
    });
    return [
      ...lines(liveRequest.url, requestValidationResult).map((line) => `asked: ${line}`),
      ...lines(liveRequest.url, responseValidationResult).map((line) => `answered: ${line}`),
    ];
  };
}

/** To read the descriptions takes seconds: once in each worker. */
const validators = new Map<boolean, Promise<LiveValidator>>();

function liveValidator(context: TestContext, isArmCall: boolean): Promise<LiveValidator> {
  const directory = `${sharedFolder(context)}/reference/openapi`;
  if (!existsSync(directory)) throw new Error(`${directory} is missing`);
  const validator = validators.get(isArmCall) ?? loaded(directory, isArmCall);
  validators.set(isArmCall, validator);
  return validator;
}

async function loaded(directory: string, isArmCall: boolean): Promise<LiveValidator> {
  // CommonJS only.
  const { LiveValidator } = createRequire(import.meta.url)('oav/dist/lib/liveValidation/liveValidator.js') as {
    LiveValidator: new (options: object, log: () => void) => LiveValidator;
  };
  const validator = new LiveValidator(
    {
      directory,
      git: { shouldClone: false },
      swaggerPathsPattern: ['specification/**/*.json'],
      excludedSwaggerPathsPattern: ['**/examples/**', '**/common-types/**', '**/common.json'],
      loadValidatorInBackground: false,
      loadValidatorInInitialize: true,
      isArmCall,
    },
    () => {},
  );
  // Its parser says "error" of descriptions that are not asked about, and nothing else.
  const silence = vi.spyOn(console, 'error').mockImplementation(() => {});
  await validator.initialize();
  silence.mockRestore();
  return validator;
}

function lines(url: string, { runtimeException, operationInfo, errors }: Judgement): string[] {
  if (runtimeException) return [`${url}: ${runtimeException.message}`];
  return errors.map(
    ({ code, message, pathsInPayload }) => `${operationInfo?.operationId} ${code} ${pathsInPayload.join(', ')}: ${message}`,
  );
}
