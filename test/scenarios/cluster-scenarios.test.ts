// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Runs the conversations in `cluster/` on embedded clusters, with the program as users get it. Each has a cluster of its
 * own and waits most of the time, so they are held side by side.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { commandWords, difference, readConversation, rewritten, type Answer, type Exchange } from './conversation.ts';
import { aCluster, type ClusterUnderTest } from './program.ts';

const FOLDER = join(import.meta.dirname, 'cluster');
const LIMIT_MS = 900_000;
/** How long an awaited answer may take to fit. */
const AWAIT_MS = 120_000;
const PAUSE_MS = 250;

/** Addresses below 127 other than the first answer on Linux only. */
describe.skipIf(process.platform !== 'linux')('conversations with an embedded cluster', () => {
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.txt')).sort()) {
    it.concurrent(name.replace(/\.txt$/, '').replaceAll('-', ' '), { timeout: LIMIT_MS }, async ({ expect }) => {
      const path = join(FOLDER, name);
      const conversation = readConversation(readFileSync(path, 'utf8'));
      const words = (key: string): string[] => (conversation.directives.get(key) ?? '').split(' ').filter((word) => word !== '');
      const cluster = await aCluster(words('nodes'), words('init'));
      const answers: Answer[] = [];
      try {
        for (const exchange of conversation.exchanges) answers.push(await answerTo(cluster, exchange));
      } finally {
        await cluster.stop();
      }
      if (process.env['UPDATE_SCENARIOS'] === '1') writeFileSync(path, rewritten(conversation, answers));
      else expect(conversation.exchanges.map((exchange, index) => difference(exchange, answers[index]!)).filter((text) => text !== '').join('\n\n')).toBe('');
    });
  }
});

/** The last answer of those that were given within the time for an awaited one. */
async function answerTo(cluster: ClusterUnderTest, exchange: Exchange): Promise<Answer> {
  const [program, ...args] = commandWords(exchange.command);
  const ask = (): Promise<Answer> => (program === 'curl' ? fetchPage(args[0]!, cluster.port) : cluster.run(program, args, exchange.input));
  const endMs = Date.now() + AWAIT_MS;
  for (;;) {
    const answer = await ask();
    if (!exchange.isAwaited || Date.now() > endMs || difference(exchange, answer) === '') return answer;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** `curl URL` is done here: the machine need not have it. */
async function fetchPage(url: string, port: number): Promise<Answer> {
  const page = await fetchOnce(url.replace(/^http:\/\/\d+\./, '127.'), port);
  return page === undefined ? { code: 7, out: '', err: 'cannot connect' } : { code: 0, out: page.replace(/<[^>]*>/g, ''), err: '' };
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
