// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Facts of public agents that need not be installed: `agents/catalogue.json`, made by `scripts/make-agent-catalogue.mjs` from what
 * the agents of common packages print. Names, types, defaults and times only; no descriptions.
 */
import type { AgentAction, AgentMetadata, AgentParameter } from './metadata.ts';
import { agentId, type AgentName } from './name.ts';

/** `[name, type, flags, default, options, unique group, obsoletes]`; flags: r required, d deprecated, t deprecated by its text only, l reloadable. */
type ParameterRow = readonly [string, string?, string?, (string | null)?, (readonly string[] | null)?, (string | null)?, (readonly string[] | null)?];
/** `[name, timeout, interval, role, depth, start-delay, automatic]` */
type Optional = string | null;
type ActionRow = readonly [string, Optional?, Optional?, Optional?, Optional?, Optional?, Optional?];

/** What an agent's own code demands of a clone of it. */
export interface CloneFacts {
  /** `primitive`, `clone`, `promotable`, or two of them joined by `or`. */
  readonly needs?: string;
  readonly globallyUnique?: string;
  readonly notify?: string;
  readonly max?: Readonly<Record<string, string>>;
}

interface CatalogueRow {
  readonly p: readonly ParameterRow[];
  readonly a: readonly ActionRow[];
  readonly version?: string;
  readonly partial?: true;
  readonly unique?: boolean;
  readonly clone?: CloneFacts;
}

export interface CatalogueEntry extends AgentMetadata {
  readonly cloneFacts: CloneFacts | undefined;
  /** Whether the agent can run as a globally unique clone; undefined where it does not say. */
  readonly isUniqueCapable: boolean | undefined;
  /** Parameters that only the prose of the agent calls deprecated. */
  readonly deprecatedByText: ReadonlySet<string>;
}

export class Catalogue {
  readonly #rows: ReadonlyMap<string, CatalogueRow>;
  readonly #entries = new Map<string, CatalogueEntry>();

  constructor(rows: ReadonlyMap<string, CatalogueRow>) {
    this.#rows = rows;
  }

  ids(): readonly string[] {
    return [...this.#rows.keys()];
  }

  has(agent: AgentName): boolean {
    return this.#rows.has(agentId(agent));
  }

  get(agent: AgentName): CatalogueEntry | undefined {
    const id = agentId(agent);
    const known = this.#entries.get(id);
    if (known !== undefined) return known;
    const row = this.#rows.get(id);
    if (row === undefined) return undefined;
    const entry = readRow(agent.type, row);
    this.#entries.set(id, entry);
    return entry;
  }
}

export function readCatalogue(text: string): Catalogue {
  const rows = JSON.parse(text) as Readonly<Record<string, CatalogueRow>>;
  return new Catalogue(new Map(Object.entries(rows)));
}

function readRow(type: string, row: CatalogueRow): CatalogueEntry {
  return {
    name: type,
    version: row.version ?? '',
    shortDescription: '',
    longDescription: '',
    parameters: row.p.map(readParameter),
    actions: row.a.map(readAction),
    isPartial: row.partial === true,
    cloneFacts: row.clone,
    isUniqueCapable: row.unique,
    deprecatedByText: new Set(row.p.filter((parameter) => parameter[2]?.includes('t')).map((parameter) => parameter[0])),
  };
}

function readParameter([name, type, flags = '', initial, options, group, obsoletes]: ParameterRow): AgentParameter {
  return {
    name,
    isRequired: flags.includes('r'),
    uniqueGroup: group ?? undefined,
    isReloadable: flags.includes('l'),
    isDeprecated: flags.includes('d'),
    obsoletes: obsoletes ?? [],
    type: type ?? 'string',
    initial: initial ?? undefined,
    options: options ?? [],
    shortDescription: '',
    longDescription: '',
  };
}

function readAction([name, timeout, interval, role, depth, startDelay, automatic]: ActionRow): AgentAction {
  const named: ReadonlyArray<readonly [string, string | null | undefined]> = [['depth', depth], ['timeout', timeout], ['interval', interval], ['start-delay', startDelay], ['role', role]];
  return {
    name,
    timeout: timeout ?? undefined,
    interval: interval ?? undefined,
    role: role ?? undefined,
    depth: depth ?? undefined,
    startDelay: startDelay ?? undefined,
    isAutomatic: automatic === '1',
    attributes: named.filter((pair): pair is readonly [string, string] => typeof pair[1] === 'string'),
  };
}
