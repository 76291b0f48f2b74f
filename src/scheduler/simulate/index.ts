// SPDX-License-Identifier: GPL-2.0-or-later
export type * from './event.ts';
export { executeGraph, type ExecutionOptions, type ExecutionResult } from './execute.ts';
export { inject, type AgentOfResource, type InjectionResult, type Injections } from './inject.ts';
export { simulate, type SimulationRequest, type SimulationResult } from './run.ts';
