import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

const quiet = { default: { logLevel: ExtractorLogLevel.None } };

/**
 * Writes the declarations of an entry (`index`), which stand in `declarations` with those that they refer to, into one file,
 * dist/<entry>.d.ts; and what the entry exports, as a report for people who review a change, into dist/<entry>.api.md. Throws where they
 * name a type that is not there.
 */
export function rollUpTypes(root: string, declarations: string, entry: string) {
  const scratch = mkdtempSync(join(tmpdir(), 'certflow-types-'));
  const from = `${declarations}/${entry}.d.ts`;
  const compilerOptions = {
    target: 'es2023',
    module: 'nodenext',
    lib: ['es2023'],
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    noEmit: true,
  };
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(root, from),
      compiler: { overrideTsconfig: { compilerOptions, files: [from] } },
      apiReport: {
        enabled: true,
        reportFileName: `${entry}.api.md`,
        reportFolder: join(root, 'dist'),
        reportTempFolder: scratch,
      },
      docModel: { enabled: false },
      tsdocMetadata: { enabled: false },
      dtsRollup: { enabled: true, untrimmedFilePath: join(root, 'dist', `${entry}.d.ts`) },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: quiet,
        tsdocMessageReporting: quiet,
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, 'package.json'),
  });
  const said: string[] = [];
  const { errorCount } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      if (message.logLevel === ExtractorLogLevel.Error) said.push(message.text);
      message.handled = true;
    },
  });
  rmSync(scratch, { recursive: true, force: true });
  if (errorCount > 0) throw new Error(`the types of "${entry}" cannot be put together:\n${said.join('\n')}`);
}
