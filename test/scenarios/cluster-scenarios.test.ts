// SPDX-License-Identifier: GPL-2.0-or-later
/** Runs the conversations in `cluster/` on embedded clusters, with the program as users get it. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandWords, difference, readConversation, rewritten, type Answer } from './conversation.ts';
import { aCluster, type ClusterUnderTest } from './program.ts';

const FOLDER = join(import.meta.dirname, 'cluster');
const LIMIT_MS = 240_000;
const FETCH_TRIES = 20;
const PAUSE_MS = 250;

/** Addresses below 127 other than the first answer on Linux only. */
describe.skipIf(process.platform !== 'linux')('conversations with an embedded cluster', () => {
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.txt')).sort()) {
    it(name.replace(/\.txt$/, '').replaceAll('-', ' '), { timeout: LIMIT_MS }, async () => {
      const path = join(FOLDER, name);
      const conversation = readConversation(readFileSync(path, 'utf8'));
      const words = (key: string): string[] => (conversation.directives.get(key) ?? '').split(' ').filter((word) => word !== '');
      const cluster = await aCluster(words('nodes'), words('init'));
      const answers: Answer[] = [];
      try {
        for (const exchange of conversation.exchanges) answers.push(await answerTo(cluster, exchange.command, exchange.input));
      } finally {
        cluster.stop();
      }
      if (process.env['UPDATE_SCENARIOS'] === '1') writeFileSync(path, rewritten(conversation, answers));
      else expect(conversation.exchanges.map((exchange, index) => difference(exchange, answers[index]!)).filter((text) => text !== '').join('\n\n')).toBe('');
    });
  }
});

/** `curl URL` is done here: the machine need not have it. */
async function answerTo(cluster: ClusterUnderTest, command: string, input: readonly string[]): Promise<Answer> {
  const [program, ...args] = commandWords(command);
  if (program !== 'curl') return cluster.run(program, args, input);
  const host = args[0]!.replace(/^http:\/\/\d+\./, '127.');
  for (let tries = 0; tries < FETCH_TRIES; tries++) {
    const page = await fetchOnce(host, cluster.port);
    if (page !== undefined) return { code: 0, out: page.replace(/<[^>]*>/g, ''), err: '' };
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return { code: 7, out: '', err: 'cannot connect' };
}

function fetchOnce(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = get({ host, port, agent: false, timeout: 2000 }, (response) => {
      let text = '';
      response.on('data', (part) => (text += String(part)));
      response.on('end', () => resolve(text));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });
}
