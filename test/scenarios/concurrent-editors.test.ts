// SPDX-License-Identifier: GPL-2.0-or-later
/** Many shells edit one cluster at once: no acknowledged change is lost, none is half applied, conflicts are told. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aCluster, type ClusterUnderTest } from './program.ts';

/** `EDITORS=10 COMMITS=20` is the full judge; the default fits into an ordinary test run. */
const EDITORS = Number(process.env['EDITORS'] ?? '4');
const COMMITS = Number(process.env['COMMITS'] ?? '5');
const LIMIT_MS = 600_000;

async function withCluster(action: (cluster: ClusterUnderTest) => Promise<void>): Promise<void> {
  const cluster = await aCluster(['node1', 'node2', 'node3']);
  try {
    await action(cluster);
  } finally {
    await cluster.stop();
  }
}

describe.skipIf(process.platform === 'win32')('concurrent editors', () => {
  it('lose no acknowledged change', { timeout: LIMIT_MS }, async () => {
    await withCluster(async (cluster) => {
      // Two objects a commit, so that a half-applied one would show.
      const session = (editor: number): string[] => Array.from({ length: COMMITS }, (_, commit) => [`primitive a${editor}-${commit} ocf:quorate:Dummy meta target-role=Stopped`, `location l${editor}-${commit} a${editor}-${commit} 10: node1`, 'commit']).flat();
      const answers = await Promise.all(Array.from({ length: EDITORS }, (_, editor) => cluster.run('crm', ['configure'], session(editor))));
      for (const answer of answers) expect(answer).toMatchObject({ code: 0, err: '' });
      const shown = (await cluster.run('crm', ['configure', 'show'])).out;
      for (let editor = 0; editor < EDITORS; editor++) {
        for (let commit = 0; commit < COMMITS; commit++) {
          expect(shown).toContain(`primitive a${editor}-${commit} `);
          expect(shown).toContain(`location l${editor}-${commit} `);
        }
      }
      expect((await cluster.run('crm', ['configure', 'log'])).out.split('\n').filter((line) => line.includes('+a')).length).toBe(Math.min(EDITORS * COMMITS, 50));
    });
  });

  it('who changes the same object is told, and nothing of the refused commit is applied', { timeout: LIMIT_MS }, async () => {
    await withCluster(async (cluster) => {
      await cluster.run('crm', ['configure', 'primitive', 'shared', 'ocf:quorate:Dummy', 'meta', 'target-role=Stopped', 'priority=0']);
      // Both read the configuration before either commits.
      writeFileSync(join(cluster.directory, 'slow'), 'sleep 2\ncat\n');
      const session = (editor: number): string[] => [`set shared.priority ${editor}`, `primitive own${editor} ocf:quorate:Dummy meta target-role=Stopped`, `filter "sh slow" own${editor}`, 'commit'];
      const answers = await Promise.all([1, 2].map((editor) => cluster.run('crm', ['configure'], session(editor))));
      const refused = answers.filter((answer) => answer.code !== 0);
      expect(refused).toHaveLength(1);
      expect(refused[0]!.err).toContain('someone else changed the same objects meanwhile');
      expect(refused[0]!.err).toContain('shared: changed here, changed by someone else');
      const shown = (await cluster.run('crm', ['configure', 'show'])).out;
      const winner = answers.findIndex((answer) => answer.code === 0) + 1;
      expect(shown).toContain(`priority=${winner}`);
      expect(shown).toContain(`primitive own${winner} `);
      expect(shown).not.toContain(`primitive own${3 - winner} `);
    });
  });
});
