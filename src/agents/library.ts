// SPDX-License-Identifier: GPL-2.0-or-later
/** The agents of this machine as the rest of the program sees them: names resolved, meta-data asked for once and kept. */
import { initScriptMetadata, systemdMetadata } from './builtin-metadata.ts';
import { readCatalogue, type Catalogue } from './catalogue.ts';
import { agentPath, classesOf, isInstalled, providersIn, resolveService, typesOf } from './discovery.ts';
import type { AgentDisk, AgentPlaces, AskAgent } from './disk.ts';
import { operationEnvironment } from './environment.ts';
import { parseMetadata } from './metadata-xml.ts';
import type { AgentMetadata } from './metadata.ts';
import { agentId, parseAgent, type AgentName } from './name.ts';

export interface AgentLibrarySetup {
  readonly places: AgentPlaces;
  readonly disk: AgentDisk;
  readonly ask: AskAgent;
  /** What agents inherit, so that they find the tools in PATH. */
  readonly inherited: ReadonlyArray<readonly [string, string]>;
  /** File with the facts of public agents. */
  readonly catalogueFile: string;
}

export class AgentLibrary {
  readonly #setup: AgentLibrarySetup;
  readonly #metadata = new Map<string, AgentMetadata | undefined>();
  readonly #providers = new Map<string, readonly string[]>();
  #catalogue: Catalogue | undefined;

  constructor(setup: AgentLibrarySetup) {
    this.#setup = setup;
  }

  classes(): readonly string[] {
    return classesOf(this.#setup.places, this.#setup.disk);
  }

  /** All providers, or those that offer a type. */
  providers(type?: string): readonly string[] {
    const { places, disk } = this.#setup;
    const all = providersIn(places, disk);
    if (type === undefined) return all;
    const known = this.#providers.get(type);
    if (known !== undefined) return known;
    const offering = all.filter((provider) => agentPath(places, disk, { class: 'ocf', provider, type }) !== undefined);
    this.#providers.set(type, offering);
    return offering;
  }

  types(agentClass: string, provider?: string): readonly string[] {
    return typesOf(this.#setup.places, this.#setup.disk, agentClass, provider);
  }

  /** Short forms resolved against what is installed. */
  resolve(text: string): AgentName | undefined {
    return parseAgent(text, (type) => this.providers(type));
  }

  isInstalled(agent: AgentName): boolean {
    return isInstalled(this.#setup.places, this.#setup.disk, agent);
  }

  path(agent: AgentName): string | undefined {
    return agentPath(this.#setup.places, this.#setup.disk, agent);
  }

  /** What the installed agent says; undefined when it is not installed or says nothing usable. */
  metadata(agent: AgentName): AgentMetadata | undefined {
    const id = agentId(agent);
    if (!this.#metadata.has(id)) this.#metadata.set(id, this.#read(agent));
    return this.#metadata.get(id);
  }

  /** Meta-data of the installed agent, else what is published about a public one of that name. */
  facts(agent: AgentName): AgentMetadata | undefined {
    return this.metadata(agent) ?? this.catalogue().get(agent);
  }

  catalogue(): Catalogue {
    this.#catalogue ??= readCatalogue(this.#setup.disk.read(this.#setup.catalogueFile) ?? '{}');
    return this.#catalogue;
  }

  /** The XML as the agent prints it. */
  metadataText(agent: AgentName): string | undefined {
    const path = this.path(agent);
    if (path === undefined) return undefined;
    const answer = agent.class === 'stonith' ? this.#ask(agent, path, [], 'action=metadata\n') : this.#ask(agent, path, ['meta-data']);
    return answer.stdout.includes('<') ? answer.stdout : undefined;
  }

  /** Runs `validate-all` with the given parameters. */
  validate(agent: AgentName, parameters: ReadonlyArray<readonly [string, string]>): { readonly code: number; readonly stdout: string; readonly stderr: string } | undefined {
    const path = this.path(agent);
    if (path === undefined) return undefined;
    return this.#ask(agent, path, ['validate-all'], undefined, parameters);
  }

  #read(agent: AgentName): AgentMetadata | undefined {
    const { places, disk } = this.#setup;
    const real = resolveService(places, disk, agent);
    if (!isInstalled(places, disk, real)) return undefined;
    if (real.class === 'systemd') return systemdMetadata(real.type);
    if (real.class === 'lsb') return initScriptMetadata(real.type, disk.read(this.path(real) ?? '') ?? '');
    const text = this.metadataText(real);
    return text === undefined ? undefined : parseMetadata(text);
  }

  #ask(agent: AgentName, path: string, args: readonly string[], input?: string, parameters: ReadonlyArray<readonly [string, string]> = []) {
    const { ask, inherited, places } = this.#setup;
    const env = new Map(inherited);
    env.set('LC_ALL', 'C');
    const operation = { agent, instance: agent.type, action: args[0] ?? 'metadata', attributes: parameters, ocfRoot: places.ocfRoot };
    for (const [name, value] of operationEnvironment(operation)) env.set(name, value);
    return ask(path, args, [...env], input);
  }
}
