// SPDX-License-Identifier: GPL-2.0-or-later
export { BUNDLED_PROVIDER, agentId, parseAgent, shortAgentId, type AgentName, type ProvidersOf } from './name.ts';
export { findParameter, hasAction, isMigratable, isPromotable, missingParameters, type AgentAction, type AgentMetadata, type AgentParameter } from './metadata.ts';
export { parseMetadata } from './metadata-xml.ts';
export { readForeignXml, type ForeignElement } from './xml-door.ts';
export { agentPlaces, type AgentAnswer, type AgentDisk, type AgentFile, type AgentPlaces, type AskAgent } from './disk.ts';
export { agentPath, classesOf, isInstalled, providersIn, resolveService, typesOf } from './discovery.ts';
export {
  agentCall,
  daemonEnvironment,
  fenceInput,
  fenceNodeInput,
  operationEnvironment,
  type AgentCall,
  type AgentOperation,
  type DaemonFacts,
  type Pairs,
} from './environment.ts';
export {
  EXECUTION_STATUS_NAMES,
  EXIT_CODE_NAMES,
  EXIT_REASON_PREFIX,
  executionStatusWord,
  exitCodeWord,
  exitReason,
  ocfCodeOfInitAction,
  ocfCodeOfStatus,
} from './result.ts';
export { Catalogue, readCatalogue, type CatalogueEntry, type CloneFacts } from './catalogue.ts';
export { readSecret, revealSecrets, SECRET_MARK, secretFile, secretsDirectory, secretSum, type RevealedPairs } from './secrets.ts';
export { AgentLibrary, type AgentLibrarySetup } from './library.ts';
