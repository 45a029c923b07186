import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import type { AdoptItem } from '../../adopt/plan.ts';
import { RefusedError, UsageError } from '../../diagnostics/errors.ts';
import { changedInGit } from '../../disk/git-changes.ts';
import { isThere, kindOf } from '../../disk/kind.ts';
import type { OpenedDocument } from '../../formats/reading/opened-document.ts';
import { type Adoption, adopt } from '../../library/adopt.ts';
import { openAll } from '../../library/open.ts';
import { picture } from '../../library/picture.ts';
import { askForRest, type Given, type KnownAim, knownAim, specName, ways } from '../adopt/aim.ts';
import { besideWorkflow, type Target, testEnd } from '../adopt/beside.ts';
import { planText } from '../adopt/plan-text.ts';
import { type FileToWrite, filesToWrite, writeAll } from '../adopt/write.ts';
import { isSpec } from '../check/is-spec.ts';
import { secretsIn } from '../check/secrets.ts';
import { shownDiff } from '../check/shown-diff.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { confirm } from '../confirm.ts';
import type { Output } from '../output.ts';

interface Options extends Given, Target {
  dryRun?: true;
  out?: string;
  yes?: true;
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('<path>', 'a workflow, template, project folder, package or solution (zipped or not), or a folder of them')
    .addOption(new Option('--to <way>', 'what the sign-ins become (default: certificate)').choices(ways))
    .option('--tenant <id>', 'the tenant, where the workflow does not tell it: its id or a domain')
    .option('--client-id <id>', 'the app registration, where the workflow does not tell it')
    .option('--vault <name>', 'the key vault with the certificate')
    .option('--certificate <name>', 'the name of the certificate in the vault')
    .option('-e, --environment <name>', 'of the certflow.yaml beside the workflow; needed where it has more than one')
    .option('--subscription <id>', 'for certflow.yaml: the Azure subscription of the Logic App')
    .option('--resource-group <name>', 'for certflow.yaml: the resource group of the Logic App')
    .option('--location <region>', 'for certflow.yaml: the region of the Logic App')
    .option('--dry-run', 'change nothing: print the plan, a diff, and the workflow before and after as pictures for Markdown')
    .option('-o, --out <path>', 'where to write what changes, in place of where it stands')
    .option('-y, --yes', 'write over files with changes that git does not have')
    .option('--json', 'print the result as JSON')
    .action(context.run((path: string, options: Options) => run(path, options, context)));
  examples(command, [
    ['certflow adopt flow.json --dry-run --vault kv-hr --certificate hr-cert', 'what would become of its sign-ins'],
    ['certflow adopt flow.json --vault kv-hr --certificate hr-cert -o new.json', 'written elsewhere'],
    ['certflow adopt . --vault kv-hr --certificate hr-cert', 'every workflow below this folder'],
    ['certflow adopt flow.json --to managed-identity', 'as the identity of the Logic App, without a certificate'],
  ]);
}

async function run(path: string, options: Options, { output }: CommandContext): Promise<ExitCode> {
  if (kindOf(path) === 'file' && isSpec(path))
    throw new UsageError(
      `${path} is a spec. certflow adopt takes existing workflows: definitions, ARM templates, projects, flows, packages and solutions.`,
    );
  const known = knownAim(path, options, output);
  const documents: OpenedDocument[] = [];
  const onPassedOver = (name: string, reason: string) => output.note([`passed over ${name}: ${reason}`]);
  for await (const document of openAll([path], { onPassedOver, contents: 'all' }))
    if (await hasSignIns(document, known)) documents.push(document);
  if (documents.length === 0) return nothingFound(options, output);
  const aim = await askForRest(known);
  const found: Adoption[] = [];
  for (const document of documents) found.push(await adopt(document, aim));
  const changed = found.flatMap((one) => filesToWrite(one, path, options.out));
  const [only, other] = found;
  const named = kindOf(path) === 'file' ? (options.out ?? path) : undefined;
  const beside = only && !other && named !== undefined ? besideWorkflow(only, aim, options, named) : [];
  const files = [...changed, ...beside];
  if (!options.json) for (const { plan } of found) output.result(planText(plan));
  const isWriting = options.dryRun === undefined && files.length > 0;
  if (isWriting) {
    await askAboutGit(files, options);
    writeAll(files);
  }
  if (options.json) output.json(result(found, documents, files, isWriting));
  else tell(found, documents, files, options, output);
  return found.some(({ plan }) => plan.items.some(isLeft)) ? 1 : 0;
}

const isLeft = ({ left }: AdoptItem) => left !== undefined;

/** Whether there is anything to adopt; what vault and certificate are called matters nothing for that. */
async function hasSignIns(document: OpenedDocument, known: KnownAim): Promise<boolean> {
  const aim = known.to === 'managed-identity' ? known : { vault: 'vault', certificate: 'certificate', ...known };
  const { plan } = await adopt(document, aim);
  return plan.items.length > 0;
}

function nothingFound({ json }: Options, output: Output): ExitCode {
  if (json) output.json({ items: [], tasks: [], files: [] });
  else output.result('nothing to adopt: every sign-in may stay as it is');
  return 0;
}

/** Changes that only the file has are gone when it is written over. */
async function askAboutGit(files: readonly FileToWrite[], { yes }: Options) {
  const changed = yes ? [] : changedInGit(files.map(({ path }) => path).filter(isThere));
  if (changed.length === 0) return;
  const which = changed.length === 1 ? `${changed[0]} has changes` : `${changed.join(', ')} have changes`;
  if (!(await confirm(`${which} that git does not have. Write over them?`, '--yes')))
    throw new RefusedError('Nothing was written. Commit your changes first, or write elsewhere with --out.');
}

function result(
  found: readonly Adoption[],
  before: readonly OpenedDocument[],
  files: readonly FileToWrite[],
  isWriting: boolean,
) {
  return {
    items: found.flatMap(({ plan }) => plan.items),
    tasks: [...new Set(found.flatMap(({ plan }) => plan.tasks))],
    files: files.map(({ path }) => ({ path, status: isWriting ? 'written' : 'planned' })),
    diff: found.flatMap((one) => diffsOf(one, before)).join(''),
  };
}

function tell(
  found: readonly Adoption[],
  before: readonly OpenedDocument[],
  files: readonly FileToWrite[],
  { dryRun }: Options,
  output: Output,
) {
  if (!dryRun) {
    output.result(files.map(({ path }) => `written  ${path}`));
    const spec = files.find(({ path }) => basename(path) === specName);
    const isTested = files.some(({ path }) => path.endsWith(testEnd));
    if (spec)
      output.note(`Go on with: ${isTested ? 'certflow test, ' : ''}certflow setup ${spec.path}, certflow deploy ${spec.path}`);
    return;
  }
  for (const one of found) {
    const text = diffsOf(one, before).join('');
    if (text !== '') output.result(text);
    for (const [index, after] of one.document.definitions.entries()) {
      const opened = documentOf(one, before)?.definitions[index];
      if (!opened || one.files.length === 0) continue;
      const name = opened.name ?? opened.file;
      output.text(`## ${name}, before\n\n\`\`\`mermaid\n${picture(opened.definition, { ...opened, name }).mermaid}\`\`\`\n`);
      output.text(`## ${name}, after\n\n\`\`\`mermaid\n${picture(after.definition, { ...after, name }).mermaid}\`\`\`\n`);
    }
  }
  output.note('Nothing was written (--dry-run).');
}

function documentOf({ document }: Adoption, before: readonly OpenedDocument[]): OpenedDocument | undefined {
  return before.find(({ name, format, root }) => name === document.name && format === document.format && root === document.root);
}

/** The changes for people: secrets are hidden in both texts. */
function diffsOf(adoption: Adoption, before: readonly OpenedDocument[]): string[] {
  const old = documentOf(adoption, before);
  const [secretsBefore, secretsAfter] = [old ? secretsIn(old) : [], secretsIn(adoption.document)];
  return adoption.files.map(({ file, before, after }) => {
    const name = file.replaceAll('\\', '/');
    return shownDiff(
      file,
      { name: `a/${name}`, text: before, secrets: secretsBefore },
      { name: `b/${name}`, text: after, secrets: secretsAfter },
    );
  });
}
