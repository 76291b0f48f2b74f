// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_mon on a terminal: what keys do to what is shown, how it fits on the screen, and the screen of a cluster that runs. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { BackendError, type Backend } from '../../src/backends/index.ts';
import { readXml, type XmlElement } from '../../src/cib/index.ts';
import type { FaceKeyboard } from '../../src/platform/index.ts';
import { tools } from '../../src/tools/index.ts';
import { firstDisplay, pressKey, type Display } from '../../src/tools/mon/keys.ts';
import { table } from '../../src/tools/mon/options.ts';
import { readRequest } from '../../src/tools/mon/request.ts';
import { choicesText, drawFrame, ENTER_SCREEN, LEAVE_SCREEN } from '../../src/tools/mon/screen.ts';
import { parseOptions } from '../../src/tools/options/index.ts';
import { eventually, RealCluster } from '../engine/cluster-for-real.ts';
import { clusterCib, dummy } from '../scheduler/cluster-cib.ts';
import { clusterContext } from './on-cluster.ts';
import { toolContext } from './world.ts';

const EXTENT = { page: 24, lastFirstLine: 30 };

function begin(...argv: readonly string[]): Display {
  const parsed = parseOptions(table, argv);
  const read = parsed.ok ? readRequest(parsed.options, 'text') : undefined;
  if (read?.ok !== true) throw new Error('a command line of this test is wrong');
  return firstDisplay(read.request);
}

function press(display: Display, keys: string): Display {
  let now = display;
  for (const key of keys) {
    const next = pressKey(now, key, EXTENT);
    if (next === 'quit') throw new Error(`${key} ended it`);
    now = next;
  }
  return now;
}

/** The letters that the list marks as shown. */
const marked = (display: Display): string => choicesText(table, display).split('\n').flatMap((line) => /^\* (\w):/.exec(line)?.[1] ?? []).join('');
const ESCAPE = '\u001B';

describe('a key', () => {
  it.each(['c', 'f', 'n', 'o', 'r', 'A', 'L', 'D', 'R', 'b'])('%s turns on what its option turns on, and the same key turns it off again', (key) => {
    const on = press(begin(), key);
    expect(marked(on)).toBe([...`cfnortALDRbj`].filter((one) => one === key || one === 'j').join(''));
    expect(marked(press(on, key))).toBe('j');
  });

  it('acts upon what the command line asked for', () => {
    expect(marked(begin('-n', '-c', '-D'))).toBe('cnDj');
    expect(marked(press(begin('-n', '-c', '-D'), 'ncD'))).toBe('j');
    expect(marked(press(begin(), 'j'))).toBe('');
  });

  it('t brings the operations with their times, and o takes both away', () => {
    expect(marked(press(begin(), 't'))).toBe('otj');
    expect(marked(press(begin(), 'tt'))).toBe('oj');
    expect(marked(press(begin(), 'to'))).toBe('j');
  });

  it('D takes a header away of which only a part is left, and gives back the whole', () => {
    const part = begin('--exclude=dc,times');
    expect(press(part, 'D').request.sections.hasSummary()).toBe(false);
    expect(press(part, 'DD').request.sections.has('dc')).toBe(true);
  });

  it('m goes through the levels of fencing and begins again', () => {
    const levels = [...'mmmm'].reduce<Display[]>((seen, key) => [...seen, press(seen.at(-1)!, key)], [begin()]);
    expect(levels.map(({ fencingLevel }) => fencingLevel)).toEqual([1, 2, 3, 0, 1]);
    expect(levels.map(({ request }) => [request.sections.has('fencing-failed'), request.sections.has('fencing-succeeded'), request.keepsAllFencing])).toEqual([[true, false, false], [true, true, false], [true, true, true], [false, false, false], [true, false, false]]);
    expect(['0', '1', '2', '3'].map((level) => begin(`-m${level}`).fencingLevel)).toEqual([0, 1, 2, 3]);
  });

  it('? shows the list, letters act in it, and any other key returns', () => {
    const list = press(begin(), '?n');
    expect([list.isChoosing, marked(list)]).toEqual([true, 'nj']);
    expect(press(list, 'x').isChoosing).toBe(false);
    expect(press(list, 'q').isChoosing).toBe(false);
    expect(press(list, '?').isChoosing).toBe(false);
  });

  it.each(['q', '\u0003', '\u001C'])('%j ends it', (key) => {
    expect(pressKey(begin(), key, EXTENT)).toBe('quit');
  });

  it('of no meaning changes nothing', () => {
    const display = begin();
    expect(press(display, 'xYZ\r')).toEqual(display);
  });

  it('moves what is higher than the screen, but not beyond its ends', () => {
    const after = (...keys: readonly string[]): number => keys.reduce((display, key) => pressKey(display, key, EXTENT) as Display, begin()).firstLine;
    expect(after(`${ESCAPE}[B`, `${ESCAPE}[B`, `${ESCAPE}[A`)).toBe(1);
    expect(after(`${ESCAPE}[A`)).toBe(0);
    expect(after(`${ESCAPE}[6~`)).toBe(22);
    expect(after(' ', ' ', ' ')).toBe(30);
    expect(after(' ', `${ESCAPE}[5~`)).toBe(0);
    expect(after(`${ESCAPE}[F`)).toBe(30);
    expect(after(`${ESCAPE}[F`, `${ESCAPE}[H`)).toBe(0);
  });
});

/** What stands on the rows of the screen. */
function rows(text: string): string[] {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001B\[[?\d]*[A-Za-z]/g, '').split('\r\n').filter((row, i, all) => row !== '' || i < all.length - 1);
}

describe('a screen', () => {
  it('shows all that fits, with tabs as blanks', () => {
    expect(rows(drawFrame('one\n\ta\tb\n', 0, { columns: 40, rows: 4 }).text)).toEqual(['one', '        a       b']);
  });

  it('folds long lines instead of losing their ends', () => {
    expect(rows(drawFrame(`${'x'.repeat(25)}\n\ny`, 0, { columns: 10, rows: 9 }).text)).toEqual(['xxxxxxxxxx', 'xxxxxxxxxx', 'xxxxx', '', 'y']);
  });

  it('tells which part of a higher picture it shows', () => {
    const text = Array.from({ length: 9 }, (_, i) => `line ${i + 1}`).join('\n');
    const { text: first, extent } = drawFrame(text, 0, { columns: 80, rows: 4 });
    expect(rows(first)).toEqual(['line 1', 'line 2', 'line 3', 'lines 1-3 of 9 (arrow keys and page keys move)']);
    expect(extent).toEqual({ page: 3, lastFirstLine: 6 });
    expect(rows(drawFrame(text, 99, { columns: 80, rows: 4 }).text)).toEqual(['line 7', 'line 8', 'line 9', 'lines 7-9 of 9 (arrow keys and page keys move)']);
  });
});

/** Keys that a test presses, and everything drawn. */
class Desk implements FaceKeyboard {
  drawn = '';
  isOpen = true;
  private readonly keys: string[] = [];
  private go: () => void = () => undefined;
  private isAwake = false;

  press(keys: string): void {
    this.keys.push(...keys);
    this.go();
  }

  async next(timeoutMs: number): Promise<string | undefined> {
    if (this.keys.length === 0 && !this.isAwake) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.go = () => (clearTimeout(timer), resolve());
      });
    }
    this.isAwake = false;
    return this.keys.shift();
  }

  wake(): void {
    this.isAwake = true;
    this.go();
  }

  suspend(): Promise<void> {
    this.drawn += '(suspended)';
    return Promise.resolve();
  }

  close(): void {
    this.isOpen = false;
  }

  /** The rows of the last drawing. */
  get screen(): string {
    return rows(this.drawn.slice(this.drawn.lastIndexOf(`${ESCAPE}[H`))).join('\n');
  }
}

function readCib(text: string): XmlElement {
  const read = readXml(text);
  if (!read.ok) throw new Error(read.problem.message);
  return read.root;
}

const TERMINAL = { isInput: true, isOutput: true, columns: 100, rows: 40 };
const CIB = clusterCib({ nodes: [['1', 'node1'], ['2', 'node2']], resources: dummy('a') });

describe('crm_mon on a terminal', () => {
  async function onDesk(argv: readonly string[], terminal = TERMINAL): Promise<{ desk: Desk; ended: Promise<number> }> {
    const desk = new Desk();
    const files = new Map([['/cib.xml', CIB]]);
    const context = { ...toolContext({ files, env: new Map([['CIB_file', '/cib.xml']]) }, (text) => (desk.drawn += text), () => undefined), terminal, openKeyboard: () => Promise.resolve(desk) };
    return { desk, ended: (await tools.get('crm_mon')!())(argv, context) };
  }

  it('draws on a screen of its own, obeys keys at once, and leaves everything as it was', async () => {
    const { desk, ended } = await onDesk(['-i', '1h']);
    await eventually('the cluster is shown', () => desk.screen.includes('Active Resources:'));
    desk.press('r');
    await eventually('inactive resources are shown', () => desk.screen.includes('Full List of Resources:'));
    desk.press('?');
    await eventually('the list of choices is shown', () => desk.screen.includes('* r:'));
    desk.press('\r\u001Aq');
    expect(await ended).toBe(0);
    expect(desk.isOpen).toBe(false);
    expect(desk.drawn.split(ENTER_SCREEN).map((part) => part.includes(LEAVE_SCREEN))).toEqual([false, true, true]);
    expect([desk.drawn.startsWith(ENTER_SCREEN), desk.drawn.endsWith(LEAVE_SCREEN), desk.drawn.includes(`${LEAVE_SCREEN}(suspended)${ENTER_SCREEN}`)]).toEqual([true, true, true]);
  });

  it('shows a CIB file once unless it is told to look again', async () => {
    const { desk, ended } = await onDesk([]);
    expect(await ended).toBe(0);
    expect(desk.drawn).toMatch(/^Cluster Summary:\n/);
  });

  it('asks again at each look for a cluster that is away', async () => {
    const desk = new Desk();
    let isThere = false;
    const cluster = (): Promise<Backend> => {
      if (!isThere) return Promise.reject(new BackendError(102, 'nobody answers'));
      const query = (): Promise<XmlElement> => Promise.resolve(readCib(CIB));
      return Promise.resolve({ kind: 'embedded', query, apply: () => Promise.reject(new Error('not asked here')), watch: () => new Promise(() => undefined), close: () => Promise.resolve() });
    };
    const context = { ...toolContext({ files: new Map(), cluster }, (text) => (desk.drawn += text), () => undefined), terminal: TERMINAL, openKeyboard: () => Promise.resolve(desk) };
    const ended = (await tools.get('crm_mon')!())(['-i', '1'], context);
    await eventually('the loss is told', () => desk.screen === 'Could not connect to the CIB: nobody answers');
    isThere = true;
    await eventually('the cluster is back', () => desk.screen.includes('Node List:'));
    desk.press('q');
    expect(await ended).toBe(0);
  });

  it('has no use for keys without a terminal to read them from', async () => {
    const { desk, ended } = await onDesk(['-1'], { ...TERMINAL, isInput: false });
    expect(await ended).toBe(0);
    expect(desk.drawn).toMatch(/^Cluster Summary:\n/);
  });
});

test('the screen of a running cluster follows it and tells its end', async () => {
  const cluster = await RealCluster.start();
  const desk = new Desk();
  const context = clusterContext(cluster, {}, (text) => (desk.drawn += text), () => undefined);
  const ended = (await tools.get('crm_mon')!())(['-i', '600'], { ...context, terminal: TERMINAL, openKeyboard: () => Promise.resolve(desk) });
  try {
    await eventually('all nodes are shown', () => desk.screen.includes('* Online: [ node1 node2 node3 ]'));
    // The interval is ten minutes: what is drawn now was told by the cluster.
    await cluster.add('<primitive id="web" class="ocf" provider="test" type="served"/>');
    await eventually('the new resource is shown', () => /\* web\s+\(ocf:test:served\):\s+Started node\d/.test(desk.screen));
    desk.press('n');
    await eventually('resources stand under their nodes', () => desk.screen.includes('* Node node1: online:'));
    await cluster.stop();
    await eventually('the loss is told', () => desk.screen.startsWith('Could not connect to the CIB: '));
  } finally {
    desk.press('q');
    await cluster.stop();
  }
  expect(await ended).toBe(0);
});

const hasScript = spawnSync('script', ['-qec', 'true', '/dev/null'], { stdio: 'ignore' }).status === 0;

test.skipIf(!hasScript)('the program itself takes single keys from a real terminal (needs util-linux script)', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'quorate-mon-'));
  writeFileSync(join(directory, 'cib.xml'), CIB);
  const env = { PATH: process.env['PATH'], TERM: 'xterm', CIB_file: join(directory, 'cib.xml'), HOME: directory, PROGRAM: join(process.cwd(), 'bin/crm_mon') };
  const child = spawn('script', ['-qefc', 'stty rows 30 cols 90; "$PROGRAM" -i 600; echo "ended with $?"; stty -a', '/dev/null'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  let seen = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (seen += text));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  try {
    await eventually('the cluster is shown', () => seen.includes('Active Resources:'));
    child.stdin.write('?');
    await eventually('the list of choices is shown', () => seen.includes('What is shown'));
    child.stdin.write('xr');
    await eventually('inactive resources are shown', () => seen.includes('Full List of Resources:'));
    child.stdin.write('q');
    await eventually('it has ended', () => seen.includes('ended with 0'));
    await ended;
    // The terminal reads lines again.
    expect(seen).toMatch(/(?<!-)icanon/);
  } finally {
    child.kill();
    await ended;
    rmSync(directory, { recursive: true, force: true });
  }
});
