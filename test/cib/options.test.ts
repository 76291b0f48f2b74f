// SPDX-License-Identifier: GPL-2.0-or-later
/** The table of options is sound: defaults are of their type, other names lead to options, every option in use says what it is for. */
import { describe, expect, it } from 'vitest';
import { cloneMetaOptions, clusterOptions, fencingOptions, operationOptions, parseBoolean, parseInterval, parseScore, resourceMetaOptions } from '../../src/cib/index.ts';

const CLUSTER = clusterOptions();

describe('options', () => {
  it('have defaults of their type', () => {
    for (const { name, type, initial, values } of [...CLUSTER, ...resourceMetaOptions(), ...operationOptions()]) {
      if (initial === '') continue;
      if (type === 'boolean') expect(parseBoolean(initial), name).toBeDefined();
      if (type === 'duration' || type === 'timeout') expect(parseInterval(initial), name).toBeDefined();
      if (type === 'score') expect(parseScore(initial), name).toBeDefined();
      if (values !== undefined) expect(values, name).toContain(initial);
    }
  });

  it('that are other names lead to an option with the same default', () => {
    for (const { aliasOf, initial, name } of CLUSTER) {
      if (aliasOf !== undefined) expect(CLUSTER.find((option) => option.name === aliasOf)?.initial, name).toBe(initial);
    }
  });

  it('say what they are for', () => {
    for (const option of [...CLUSTER, ...resourceMetaOptions(), ...cloneMetaOptions()]) expect(option.meaning, option.name).toBeTruthy();
    expect(fencingOptions().find((option) => option.name === 'pcmk_off_retries')?.meaning).toBe('tries of off');
  });

  it('have each name once', () => {
    const names = CLUSTER.map((option) => option.name);
    expect(new Set(names).size).toBe(names.length);
  });
});
