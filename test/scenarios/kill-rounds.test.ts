// SPDX-License-Identifier: GPL-2.0-or-later
/** Shells and the daemon are killed at random moments: no acknowledged change is lost, none is half applied. */
import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { killRounds } from './kill-rounds.ts';
import { aCluster } from './program.ts';

/** `ROUNDS=500` is the full judge; the default fits into an ordinary test run. `FIGURES=FILE` writes figures after each round. */
const ROUNDS = Number(process.env['ROUNDS'] ?? '3');
const SEED = Number(process.env['SEED'] ?? '1');
const FIGURES = process.env['FIGURES'];
const ROUND_LIMIT_MS = 180_000;

describe.skipIf(process.platform === 'win32')('killed shells and daemons', () => {
  it('lose no acknowledged change and leave none half applied', { timeout: ROUND_LIMIT_MS * (ROUNDS + 2) }, async () => {
    const cluster = await aCluster(['node1', 'node2', 'node3']);
    try {
      const figures = await killRounds(cluster, ROUNDS, SEED, (now) => (FIGURES === undefined ? undefined : appendFileSync(FIGURES, `${JSON.stringify(now)}\n`)));
      expect(figures).toMatchObject({ rounds: ROUNDS, lost: [], halfApplied: [] });
      expect(figures.acknowledged).toBeGreaterThan(0);
      expect(figures.killedShells + figures.killedDaemons).toBeGreaterThanOrEqual(ROUNDS);
      expect((await cluster.run('crm', ['configure', 'log'])).code).toBe(0);
    } catch (problem) {
      // What went wrong counts, not what cleaning up finds.
      await cluster.stop().catch(() => {});
      throw problem;
    }
    await cluster.stop();
  });
});
