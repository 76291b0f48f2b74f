// SPDX-License-Identifier: GPL-2.0-or-later
/** Paths as commands understand them. */
import { expect, it } from 'vitest';
import { absolute } from '../../src/platform/index.ts';

it.each([
  ['/home/me', 'web.crm', '/home/me/web.crm'],
  ['/home/me', '/etc/web.crm', '/etc/web.crm'],
  ['/', 'web.crm', '/web.crm'],
  ['C:/me', 'C:\\sites\\web.crm', 'C:\\sites\\web.crm'],
  ['C:/me', 'd:/web.crm', 'd:/web.crm'],
  ['/home/me', 'c:web.crm', '/home/me/c:web.crm'],
])('in %s, %s is %s', (cwd, path, expected) => {
  expect(absolute(cwd, path)).toBe(expected);
});
