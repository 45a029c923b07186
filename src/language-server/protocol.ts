import type {
  CodeAction,
  CompletionItem,
  DocumentSymbol,
  Diagnostic as ProtocolDiagnostic,
  TextEdit as ProtocolEdit,
  Range as ProtocolRange,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic, Range, Severity } from '../diagnostics/diagnostic.ts';
import type { TextEdit } from '../document/edit-json.ts';
import type { Proposal, Proposals } from '../editor/complete-expression.ts';
import type { WorkflowSymbol } from '../editor/symbols.ts';

// Numbers are those of the Language Server Protocol 3.17; its module would load the whole protocol for them.
const severities: Readonly<Record<Severity, 1 | 2 | 3>> = { error: 1, warning: 2, info: 3 };
const symbolKinds: Readonly<Record<WorkflowSymbol['kind'], DocumentSymbol['kind']>> = {
  parameter: 14,
  trigger: 24,
  action: 12,
  variable: 13,
};
const proposalKinds = { function: 3, action: 18, variable: 6, parameter: 21, property: 10, value: 12, connection: 18 } as const;

export function toRange({ start, end }: Range): ProtocolRange {
  return {
    start: { line: start.line - 1, character: start.column - 1 },
    end: { line: end.line - 1, character: end.column - 1 },
  };
}

export function toEdit(document: TextDocument, { offset, length, content }: TextEdit): ProtocolEdit {
  return { range: { start: document.positionAt(offset), end: document.positionAt(offset + length) }, newText: content };
}

const beginning: ProtocolRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export function toProblem({ rule, severity, message, help, range }: Diagnostic): ProtocolDiagnostic {
  const words = help === undefined ? message : `${message}\n${help}`;
  return {
    range: range ? toRange(range) : beginning,
    severity: severities[severity],
    code: rule,
    source: 'certflow',
    message: words,
  };
}

/** What keeps a text from being looked at. */
export function toProblemOfAll(message: string): ProtocolDiagnostic {
  return { range: beginning, severity: severities.error, source: 'certflow', message };
}

export function toSymbol({ name, kind, detail, range, selection, children }: WorkflowSymbol): DocumentSymbol {
  return {
    ...{ name: name === '' ? ' ' : name, kind: symbolKinds[kind], detail },
    ...{ range: toRange(range), selectionRange: toRange(selection), children: children.map(toSymbol) },
  };
}

export function toItems(document: TextDocument, offset: number, { replaces, proposals }: Proposals): CompletionItem[] {
  const range = { start: document.positionAt(offset - replaces), end: document.positionAt(offset) };
  return proposals.map(({ label, kind, detail, about, text = label }: Proposal) => ({
    ...{ label, kind: proposalKinds[kind], filterText: text, textEdit: { range, newText: text } },
    ...(detail !== undefined && { detail }),
    ...(about !== undefined && { documentation: { kind: 'markdown' as const, value: about } }),
  }));
}

/** A mend of one finding, as an editor offers it. */
export function toAction(document: TextDocument, problem: Diagnostic, title: string, edits: readonly TextEdit[]): CodeAction {
  return {
    ...{ title, kind: 'quickfix', diagnostics: [toProblem(problem)], isPreferred: true },
    edit: { changes: { [document.uri]: edits.map((edit) => toEdit(document, edit)) } },
  };
}
