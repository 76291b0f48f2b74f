// SPDX-License-Identifier: GPL-2.0-or-later
export * from './xml/index.ts';
export * from './request.ts';
export * from './values/index.ts';
export * from './time/index.ts';
export * from './rules/index.ts';
export * from './digest.ts';
export * from './schema/index.ts';
export * from './upgrade/index.ts';
export * from './commands/index.ts';
