// SPDX-License-Identifier: GPL-2.0-or-later
/** The daemon of an embedded cluster as a program of its own, for tests that end it the hard way. Arguments: directory, nodes. */
import { join } from 'node:path';
import { embeddedCluster, runSupervisor } from '../../src/engine/index.ts';
import { realPlatform } from '../../src/platform/real/index.ts';
import { realSchedule } from './real-scheduler.ts';

const [directory = '', ...nodes] = process.argv.slice(2);
const platform = realPlatform();
const environment = new Map([['PATH', process.env['PATH'] ?? '/usr/bin:/bin'], ['OCF_ROOT', join(directory, 'ocf')], ['TEST_DIR', directory]]);
const options = { stateDirectory: join(directory, 'state'), nodes, environment, programDirectory: process.cwd(), processId: process.pid, version: 'test', tokenMs: 400 };
runSupervisor(platform, embeddedCluster(platform, options, realSchedule), () => process.exit(0));
