// `certflow/browser`: what of the library needs neither disk nor network, without anything of Node's.

export type { AdoptItem, AdoptPlan, Aim, CertificateAim, IdentityAim, Trouble } from './adopt/plan.ts';
export { CertificateError, type CertificateErrorCode } from './certificate/certificate-error.ts';
export {
  type Certificate,
  createCertificate,
  inspectCertificate,
  type KeyAndCertificate,
  type PfxContents,
  type PrivateKey,
  readPfx,
  writePfx,
} from './certificate/in-browser.ts';
export type { PfxEncoding, PfxOutline } from './certificate/pfx/encoding.ts';
export type {
  CertificateFacts,
  CreateCertificateOptions,
  Inspection,
  InspectOptions,
  WritePfxOptions,
} from './certificate/shown.ts';
export { type CheckOptions, check } from './check/check.ts';
export type { Definition, Host } from './definition/definition.ts';
export type { EnvironmentVariable, Sibling, Surroundings } from './definition/surroundings.ts';
export type { Category, Diagnostic, PathStep, Position, Range, Severity } from './diagnostics/diagnostic.ts';
export { UsageError } from './diagnostics/errors.ts';
export type { Edit, Fix } from './diagnostics/fix.ts';
export type { FileTree } from './document/file-tree.ts';
export { zip } from './document/zip.ts';
export type { Mock, MockAnswer } from './engine/mocks/mock.ts';
export type { SentRequest } from './engine/mocks/request.ts';
export type { RunOptions, TriggerInput } from './engine/options.ts';
export type { Iteration, RunError, Status } from './engine/run/record.ts';
export type { OperationRun, Run } from './engine/run/result.ts';
export type { Template } from './expression/syntax.ts';
export { ExpressionSyntaxError } from './expression/syntax-error.ts';
export { parseTemplate } from './expression/template.ts';
export type { GeneratedFile } from './formats/format.ts';
export { type FormatName, formatNames, type PackageFormatName } from './formats/index.ts';
export type { OpenedDefinition, OpenedDocument, ReadFormat } from './formats/reading/opened-document.ts';
export { type AdoptedFile, type Adoption, adopt } from './library/adopt.ts';
export { type CheckFileOptions, checkDocument } from './library/check-document.ts';
export { type ConvertFormat, type ConvertOptions, convert } from './library/convert.ts';
export { type ExplainedCode, type ExplainedRule, explain } from './library/explain.ts';
export { type FixedFile, fixDocument as fix } from './library/fix-document.ts';
export { type ExportOptions, exportPackage, type GenerateOptions, generate } from './library/generate.ts';
export { type OpenOptions, open } from './library/open-bytes.ts';
export { type Picture, type PictureOptions, picture } from './library/picture.ts';
export { type RunWorkflowOptions, runWorkflow, WorkflowRefusedError } from './library/run-workflow.ts';
export type { SnippetLanguage } from './snippet/languages.ts';
export { type SnippetOptions, snippet } from './snippet/snippet.ts';
export { type ParseOptions, parseSpec } from './spec/parse.ts';
export type { Environment, Spec } from './spec/spec.ts';
export { SpecError } from './spec/spec-error.ts';
