// SPDX-License-Identifier: GPL-2.0-or-later
/** The session a command runs in: one for each start of the shell. */
import type { AgentLibrary} from '../../agents/index.ts';
import { agentPlaces } from '../../agents/index.ts';
import type { Backend } from '../../backends/index.ts';
import type { CibChange, CibReply, CibRequest, XmlElement } from '../../cib/index.ts';
import { FAILURE } from '../command.ts';
import type { SourcePosition } from '../line/position.ts';
import type { ShellContext } from '../context.ts';
import { isTrue, type Options } from '../options/index.ts';
import type { Presentation, Session, SessionFlags, SessionMode, StateKey } from '../session.ts';
import { LevelStack, type OpenLevel } from '../tree/stack.ts';
import { libraryOf } from './agents.ts';
import { page } from './pager.ts';
import { isColourful, paint } from './paint.ts';

/** Options of tools that change nothing. */
const ONLY_LOOKS = /^(?:--(?:query|list|locate|constraints|list-operations|get-parameter|info|get-attr|live-check|xml-file|simulate)|-1|-sUL)$/;
/** Options that choose a format, or write a file instead of showing something. */
const OWN_OUTPUT = /^--(?:output-as|save-)/;

/** Version of the shape of `--json` output. */
const JSON_FORMAT = 1;

export interface ShellSetup {
  readonly context: ShellContext;
  readonly flags: SessionFlags;
  readonly options: Options;
  readonly mode: SessionMode;
  readonly root: OpenLevel;
  /** `-R`: input lines are echoed and messages carry the number of the line. */
  readonly isRegressionTest: boolean;
}

export class Shell implements Session {
  readonly context: ShellContext;
  readonly options: Options;
  readonly stack: LevelStack;
  readonly isRegressionTest: boolean;
  /** Set while a command runs. */
  source: SourcePosition | undefined;
  command = '';
  /** Set by `quit`. */
  hasQuit = false;
  /** Changes of the CIB made by commands of this shell itself, not by tools it ran. */
  changeCount = 0;
  runner: ((line: string) => Promise<number>) | undefined;
  #flags: SessionFlags;
  #mode: SessionMode;
  #shadow: string | undefined;
  #backend: Promise<Backend> | undefined;
  #agents: AgentLibrary | undefined;
  readonly #state = new Map<string, unknown>();
  readonly #shown: { readonly command: string; readonly data: unknown }[] = [];
  readonly #diagnostics: unknown[] = [];

  constructor(setup: ShellSetup) {
    this.context = setup.context;
    this.options = setup.options;
    this.#mode = setup.mode;
    this.isRegressionTest = setup.isRegressionTest;
    this.#flags = setup.flags;
    this.#shadow = setup.context.env.get('CIB_shadow');
    this.stack = new LevelStack(setup.root);
  }

  get flags(): SessionFlags {
    return this.#flags;
  }

  get mode(): SessionMode {
    return this.#mode;
  }

  /** Runs an action as another mode would. */
  async inMode<T>(mode: SessionMode, action: () => Promise<T>): Promise<T> {
    const before = this.#mode;
    this.#mode = mode;
    try {
      return await action();
    } finally {
      this.#mode = before;
    }
  }

  /** Runs an action with flags of its own (`--json` behind a command). */
  async withFlags<T>(flags: Partial<SessionFlags>, action: () => Promise<T>): Promise<T> {
    const before = this.#flags;
    this.#flags = { ...before, ...flags };
    try {
      return await action();
    } finally {
      this.#flags = before;
    }
  }

  get agents(): AgentLibrary {
    this.#agents ??= libraryOf(this.context, agentPlaces(this.#agentEnvironment(), `${this.context.programDirectory}/agents`));
    return this.#agents;
  }

  #agentEnvironment(): ReadonlyMap<string, string> {
    const { env } = this.context;
    const root = this.options.get('path.ocf_root');
    return root === '' || env.has('OCF_ROOT') ? env : new Map([...env, ['OCF_ROOT', root]]);
  }

  get shadow(): string | undefined {
    return this.#shadow;
  }

  get path(): readonly string[] {
    return this.stack.path;
  }

  print(text: string): void {
    if (text === '') return;
    const whole = text.endsWith('\n') ? text : `${text}\n`;
    if (this.mode === 'batch' || !page(this.context, this.options, whole)) this.context.out(whole);
  }

  present(result: Presentation): void {
    if (this.flags.json) this.#shown.push({ command: this.command, data: result.data });
    else this.print(result.text());
  }

  presentDiagnostics(diagnostics: readonly unknown[]): void {
    this.#diagnostics.push(...diagnostics);
  }

  /** With `--json` a line gives one document, whatever its steps had to show. */
  flush(): void {
    const diagnostics = this.#diagnostics.splice(0);
    const shown = this.#shown.splice(0);
    if (shown.length === 0 && diagnostics.length > 0) shown.push({ command: this.command, data: {} });
    for (const [index, { command, data }] of shown.entries()) {
      const also = index === shown.length - 1 && diagnostics.length > 0 ? { diagnostics } : {};
      this.context.out(`${JSON.stringify({ format: JSON_FORMAT, command, data, ...also }, null, 2)}\n`);
    }
  }

  info(message: string, isPlaced = false): void {
    this.#say('INFO', message, 'color.info', isPlaced);
  }

  warn(message: string, isPlaced = false): void {
    this.#say('WARNING', message, 'color.warn', isPlaced);
  }

  error(message: string, isPlaced = false): number {
    this.#say('ERROR', message, 'color.error', isPlaced);
    return FAILURE;
  }

  debug(message: string): void {
    if (this.flags.debug || this.options.isOn('core.debug')) this.#say('DEBUG', message, 'color.info');
  }

  #say(severity: string, message: string, colour: string, isPlaced = false): void {
    const label = isColourful(this.context, this.options) ? paint(severity, this.options.get(colour)) : severity;
    this.context.err(`${label}: ${isPlaced ? '' : this.#place()}${message}\n`);
  }

  /** Only input that has lines has a place worth naming. */
  #place(): string {
    if (this.source === undefined || this.mode !== 'batch') return '';
    if (this.isRegressionTest) return `${this.source.line}: `;
    return `${this.source.file ?? 'stdin'}:${this.source.line}:${this.source.column}: `;
  }

  async confirm(question: string): Promise<boolean> {
    return (await this.choose(question, 'ny')) === 'y';
  }

  async choose(question: string, answers: string): Promise<string> {
    const initial = answers[0]!;
    if (this.flags.force && answers.includes('y')) {
      this.info(`${question} [YES]`);
      return 'y';
    }
    if (this.flags.no || !this.context.terminal.isInput || this.mode === 'batch') return initial;
    for (;;) {
      const said = await this.context.ask(`${question} (${[...answers].sort().reverse().join('/')})? `);
      // Who breaks off wants nothing to happen.
      if (said === undefined) return [...'cn'].find((one) => answers.includes(one)) ?? initial;
      const answer = said.trim().toLowerCase();
      if (answer !== '' && answers.includes(answer[0]!)) return answer[0]!;
      if (answer !== '' && isTrue(answer) && answers.includes('y')) return 'y';
    }
  }

  backend(): Promise<Backend> {
    this.#backend ??= this.context.openBackend({ shadow: this.#shadow }).then(
      (opened) => this.#counting(opened),
      (problem: unknown) => {
        this.#backend = undefined;
        throw problem;
      },
    );
    return this.#backend;
  }

  /** The same backend, with changes counted: waiting makes sense after one. */
  #counting(opened: Backend): Backend {
    return {
      kind: opened.kind,
      ...(opened.cluster === undefined ? {} : { cluster: opened.cluster }),
      ...(opened.confirmations === undefined ? {} : { confirmations: opened.confirmations }),
      query: () => opened.query(),
      apply: async (request) => {
        if (this.flags.dryRun) return this.#onlySay(opened, request);
        const reply = await opened.apply(request);
        if (reply.ok && reply.changed) this.changeCount++;
        return reply;
      },
      close: () => opened.close(),
    };
  }

  /** `--dry-run`: the change is made in a copy, and what differs is told. */
  async #onlySay(opened: Backend, request: CibRequest): Promise<CibReply> {
    const { applyRequest, changesBetween, loadXPath, summaryOf } = await import('../../cib/index.ts');
    await loadXPath();
    const before = await opened.query();
    const reply = applyRequest(before, request);
    if (!reply.ok) return reply;
    const changes = changesBetween(before, reply.cib);
    this.print(changes.length === 0 ? 'nothing would change' : `would change: ${summaryOf(changes)}`);
    return { ...reply, changed: false };
  }

  async cib(): Promise<XmlElement> {
    return (await this.backend()).query();
  }

  async apply(change: CibChange): Promise<boolean> {
    const user = this.options.get('core.user');
    const reply = await (await this.backend()).apply({ change, client: 'crm', ...(user === '' ? {} : { user }) });
    if (reply.ok) return true;
    this.error(reply.message);
    for (const line of reply.detail ?? []) this.context.err(`  ${line}\n`);
    return false;
  }

  tool(name: string, ...args: readonly string[]): Promise<number> {
    const looks = args.some((word) => ONLY_LOOKS.test(word));
    if (this.flags.dryRun && !looks) {
      this.print(`would run: ${[name, ...args].join(' ')}`);
      return Promise.resolve(0);
    }
    if (this.flags.json && looks && !args.some((word) => OWN_OUTPUT.test(word))) return this.#presentTool(name, args);
    return this.#mayPage(args) ? this.#pagedTool(name, args) : this.context.runTool(name, args, { shadow: this.#shadow });
  }

  async #presentTool(name: string, args: readonly string[]): Promise<number> {
    const { code, data } = await this.toolData(name, ...args);
    this.present({ data, text: () => '' });
    return code;
  }

  async toolData(name: string, ...args: readonly string[]): Promise<{ readonly code: number; readonly data: unknown }> {
    let shown = '';
    const code = await this.context.runTool(name, [...args, '--output-as=json'], { shadow: this.#shadow, out: (text) => void (shown += text) });
    return { code, data: JSON.parse(shown) as unknown };
  }

  #mayPage(args: readonly string[]): boolean {
    const { isInput, isOutput } = this.context.terminal;
    return this.mode !== 'batch' && !this.flags.json && isInput && isOutput && args.some((word) => ONLY_LOOKS.test(word));
  }

  /** What a tool shows is known as a whole before a pager can be asked. */
  async #pagedTool(name: string, args: readonly string[]): Promise<number> {
    let shown = '';
    const code = await this.context.runTool(name, args, { shadow: this.#shadow, out: (text) => void (shown += text) });
    this.print(shown);
    return code;
  }

  async useShadow(name: string | undefined): Promise<void> {
    await this.close();
    this.#shadow = name;
  }

  async close(): Promise<void> {
    const open = this.#backend;
    this.#backend = undefined;
    if (open !== undefined) await (await open).close();
  }

  state<T>(key: StateKey<T>, make: () => T): T {
    if (!this.#state.has(key.name)) this.#state.set(key.name, make());
    // The key carries the type of what is kept under its name.
    return this.#state.get(key.name) as T;
  }

  setState<T>(key: StateKey<T>, value: T): void {
    this.#state.set(key.name, value);
  }

  execute(line: string): Promise<number> {
    if (this.runner === undefined) throw new Error('defect: the shell runs no lines yet');
    return this.runner(line);
  }
}
