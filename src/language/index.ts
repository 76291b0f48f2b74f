// SPDX-License-Identifier: GPL-2.0-or-later
/** Door of the language: text to syntax tree and back, with diagnostics. */
export type * from '../../grammar/tree.ts';
export { isReserved, sectionWords, statementWords } from '../../grammar/index.ts';
export { aclTargetOf, shortcutOf, type AclTarget } from './acl-shortcuts.ts';
export { completeWords, type CompletionFacts, type NamedFact, type OperationFact, type Proposal } from './complete.ts';
export { blocksCommit, blocksLoad, diagnosticCatalogue, DiagnosticSink, type Blocks, type Diagnostic, type DiagnosticCode, type DiagnosticSpan, type Severity } from './diagnose.ts';
export { parse, type Parsed, type ParseOptions } from './parse.ts';
export { printCommented, printDocument, type Layout } from './print.ts';
export { Lines, describeDiagnostic, diagnosticAsData, renderDiagnostics, linesOfFiles, type LineStart, type RenderedDiagnostic } from './render.ts';
export { isLabel, isWord } from './quote.ts';
export { nearest } from './suggest.ts';
export { attributeSet, optionalWord, pair, word, type CommentedStatement, type Document } from './syntax.ts';
export { ACTIONS, booleanOf, canonical, explicitScore, isValidId, NO_RIGHTS, OP_ATTRIBUTES, OPEN_END, ORDER_KINDS, ROLES, scoreOf, shortScore } from './vocabulary.ts';
