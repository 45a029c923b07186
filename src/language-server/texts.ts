import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { UsageError } from '../diagnostics/errors.ts';
import { JsonLocator } from '../document/locate.ts';
import { EditedWorkflow } from '../editor/workflow.ts';
import { problemsOfYaml, type YamlKind } from '../editor/yaml.ts';
import { checkedRules } from '../library/all-rules.ts';
import { type CheckFileOptions, checkDocument } from '../library/check-document.ts';
import { workflowsFrom } from '../library/load-spec.ts';
import { openText } from '../library/open.ts';

/** A text in the editor, read. */
export interface OpenText {
  readonly kind: YamlKind | 'workflow';
  readonly workflows: readonly EditedWorkflow[];
  /** Findings in this text. */
  readonly problems: readonly Diagnostic[];
}

const ruleNames = checkedRules.map(({ name }) => name);

/** What says of a file which findings are not to be reported there. */
export type SuppressOf = (path: string) => Promise<CheckFileOptions['suppress']>;

/** What a file is, by its name; undefined for what is not certflow's matter. */
function kindOf(path: string): OpenText['kind'] | undefined {
  if (/\.certflow-test\.ya?ml$/i.test(path)) return 'test';
  if (/(?:^|[\\/])certflow\.check\.ya?ml$/i.test(path)) return 'check';
  if (/(?:^|[\\/])(?:[^\\/]*\.)?certflow\.ya?ml$/i.test(path)) return 'spec';
  return /\.jsonc?$/i.test(path) ? 'workflow' : undefined;
}

interface Kept {
  readonly version: number;
  readonly read: Promise<OpenText>;
}

/** The texts that are open in the editor: each is read once a version, whoever asks first. Of older versions nothing but the last workflows stays. */
export class Texts {
  readonly #kept = new Map<string, Kept>();
  readonly #workflows = new Map<string, readonly EditedWorkflow[]>();
  readonly #suppressOf: SuppressOf;

  constructor(suppressOf: SuppressOf) {
    this.#suppressOf = suppressOf;
  }

  /** Undefined for a file of another kind. Rejects with what reading settings throws. */
  async read(uri: string, path: string, text: string, version: number): Promise<OpenText | undefined> {
    const kind = kindOf(path);
    if (kind === undefined) return undefined;
    const kept = this.#kept.get(uri);
    if (kept?.version === version) return kept.read;
    const read =
      kind === 'workflow'
        ? this.#readWorkflow(uri, path, text)
        : Promise.resolve({ kind, workflows: [], problems: problemsOfYaml(kind, text, path, ruleNames, workflowsFrom(path)) });
    this.#kept.set(uri, { version, read });
    return read;
  }

  /** The workflows of a text as it was when it last could be read. */
  lastWorkflows(uri: string): readonly EditedWorkflow[] {
    return this.#workflows.get(uri) ?? [];
  }

  forget(uri: string) {
    this.#kept.delete(uri);
    this.#workflows.delete(uri);
  }

  async #readWorkflow(uri: string, path: string, text: string): Promise<OpenText> {
    try {
      const document = await openText(path, text);
      const suppress = document && (await this.#suppressOf(path));
      const found = document ? checkDocument(document, suppress && { suppress }) : [];
      const locator = new JsonLocator(text);
      const definitions = (document?.definitions ?? []).filter((definition) => definition.text === text);
      const workflows = definitions.map((definition) => new EditedWorkflow(definition, locator));
      if (workflows.length > 0) this.#workflows.set(uri, workflows);
      const names = new Set([path, document?.name, ...definitions.map(({ file }) => file)]);
      return { kind: 'workflow', workflows, problems: found.filter(({ file }) => names.has(file)) };
    } catch (error) {
      // It says that it is a workflow, and its text cannot be read: what can is what it was before.
      if (error instanceof UsageError) return { kind: 'workflow', workflows: [], problems: [] };
      throw error;
    }
  }
}
