// SPDX-License-Identifier: GPL-2.0-or-later
/** The configure level, put together from the language's commands and those on versions of the configuration. */
import type { LevelBody } from '../command.ts';
import { configureCommands, enterConfigure, leaveConfigure } from './configure/index.ts';

const CIB = { name: 'cib', summary: 'Shadow CIBs: work on a copy', load: async (): Promise<LevelBody> => (await import('./cib/index.ts')).cibLevel };
const RA = { name: 'ra', summary: 'Resource agents: what there is and what they take', load: async (): Promise<LevelBody> => (await import('./ra/index.ts')).raLevel };

export function configureLevel(): LevelBody {
  return { commands: configureCommands, levels: [CIB, RA], enter: enterConfigure, leave: leaveConfigure };
}
