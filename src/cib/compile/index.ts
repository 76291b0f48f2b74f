// SPDX-License-Identifier: GPL-2.0-or-later
/** Configuration text into a CIB: drafts, statements, and the consequences of changes. */
export { meantObject } from './context.ts';
export { agentId, meantAgent } from './agent-facts.ts';
export type { AdvisedAction, AgentFact, AgentFacts, AgentParameterFact, AgentName } from './agent-facts.ts';
export { compile, leadingComments, type CompileRequest, type CompileResult } from './compile.ts';
export { hasPromotedRole, schemaNumber, type CompileSettings } from './context.ts';
export { CibDraft, namedResources, type CibObject, type DraftMark, type UndoneChange } from './draft.ts';
export { elementOf, nodeKey, printOrder, RESOURCE_ELEMENTS, SECTION_ORDER, sectionOf, TOPOLOGY_KEY, type ObjectKind } from './kinds.ts';
export { expectedIds } from './ids.ts';
export { memberIds, topmost } from './membership.ts';
export { deleteObjects } from './delete.ts';
export { setMembers } from './group-change.ts';
export { eraseObjects, loadDocument, loadText, type LoadMethod } from './load.ts';
export { renameObject } from './rename.ts';
