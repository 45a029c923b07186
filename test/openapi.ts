import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type TestContext, vi } from 'vitest';
import { sharedFolder } from './shared.ts';

interface LiveValidator {
  initialize(): Promise<void>;
  validateLiveRequest(request: object): Promise<{
    isSuccessful?: boolean;
    operationInfo?: { operationId: string };
    errors: { code: string; message: string; pathsInPayload: string[] }[];
    runtimeException?: { message: string };
  }>;
}

/** Gives what Microsoft's OpenAPI descriptions say against a request, a line each. Skips the test where they are missing. */
export async function openApi(context: TestContext): Promise<(method: string, url: string, body: unknown) => Promise<string[]>> {
  const directory = `${sharedFolder(context)}/reference/openapi`;
  if (!existsSync(directory)) throw new Error(`${directory} is missing`);
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
      isArmCall: true,
    },
    () => {},
  );
  // Its parser says "error" of descriptions that are not asked about, and nothing else.
  const silence = vi.spyOn(console, 'error').mockImplementation(() => {});
  await validator.initialize();
  silence.mockRestore();
  return async (method, url, body) => {
    const result = await validator.validateLiveRequest({ method, url, headers: { 'content-type': 'application/json' }, body });
    if (result.runtimeException) return [`${url}: ${result.runtimeException.message}`];
    return result.errors.map(
      ({ code, message, pathsInPayload }) =>
        `${result.operationInfo?.operationId} ${code} ${pathsInPayload.join(', ')}: ${message}`,
    );
  };
}
