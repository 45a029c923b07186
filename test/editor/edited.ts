import { SingleFile } from '../../src/document/file-tree.ts';
import { EditedWorkflow } from '../../src/editor/workflow.ts';
import { openFile } from '../../src/formats/reading/open-tree.ts';

/** The workflow in a text, opened as a file of its own. */
export function edited(text: string, name = 'workflow.json'): EditedWorkflow {
  const [opened] = openFile(new SingleFile(name, new TextEncoder().encode(text)), name, { isNamed: true })?.definitions ?? [];
  if (!opened) throw new Error('no workflow in the text');
  return new EditedWorkflow(opened);
}

/** A text and the offset of the `|` in it, which is taken out. */
export function withCursor(marked: string): { text: string; offset: number } {
  const offset = marked.indexOf('|');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

/** A definition whose actions are written as they are given, one a line. */
export function definitionText(actions: string, members = ''): string {
  return `{
  "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
  "contentVersion": "1.0.0.0",
  "parameters": { "tenantId": { "type": "String", "defaultValue": "contoso.com" } },
  "triggers": { "manual": { "type": "Request", "kind": "Http" } },
  "actions": {
${actions}
  }${members}
}`;
}
