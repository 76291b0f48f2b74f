// SPDX-License-Identifier: GPL-2.0-or-later
/** What crm_resource works on: a backend, its CIB, and - where a command asks for state - the state computed from it. */
import { BackendError, type Backend } from '../../backends/index.ts';
import { findResource, type ResourcePlace, type XmlElement } from '../../cib/index.ts';
import { clusterStatus, constrainedStatus, withDescendants, withoutInstance, type Node, type Resource, type Scheduler } from '../../scheduler/index.ts';
import { EXIT } from '../exit/codes.ts';
import { localNow } from '../iso8601/index.ts';
import { ToolFailure, type ToolRun } from '../run.ts';

export interface ResourceRun extends ToolRun {
  readonly backend: Backend;
  readonly cib: XmlElement;
  /** Computed when first asked for: a change of a setting needs none. */
  readonly cluster: Scheduler;
}

/** Opens the backend and reads the CIB for the time of `body`. Constraints are read in full only where they are asked about. */
export async function withResources(run: ToolRun, readsConstraints: boolean, body: (run: ResourceRun) => Promise<number>): Promise<number> {
  const backend = await run.context.openBackend();
  try {
    const cib = await readCib(run, backend);
    let cluster: Scheduler | undefined;
    return await body({
      ...run,
      backend,
      cib,
      get cluster() {
        return (cluster ??= (readsConstraints ? constrainedStatus : clusterStatus)(cib, localNow(run.context)));
      },
    });
  } finally {
    await backend.close();
  }
}

async function readCib(run: ToolRun, backend: Backend): Promise<XmlElement> {
  try {
    return await backend.query();
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    run.output.error(`Could not obtain the current CIB: ${error.message}`);
    throw new ToolFailure(error.code, '');
  }
}

/** The id given with `--resource`. */
export function requiredId({ options }: ToolRun): string {
  const id = options.value('resource');
  if (id === undefined || id === '') throw new ToolFailure(EXIT.usage, 'Must supply a resource ID with -r/--resource');
  return id;
}

function notFound(id: string): ToolFailure {
  return new ToolFailure(EXIT.noSuch, `Resource '${id}' not found`);
}

/**
 * The configuration element of a resource; an instance stands for what it is an instance of. What the cluster makes up
 * itself (parts of bundles, connections to guests) has none.
 */
export function configured(run: ResourceRun, id: string): ResourcePlace | undefined {
  return findResource(run.cib, id) ?? findResource(run.cib, activeResource(run, id, 'any').xml.id ?? id);
}

/**
 * The resource with that id or history name; the name of a clone's child without a number means its first instance.
 * Numbered instances that differ from each other have no common name, unless `instances` says that any will do.
 */
export function activeResource(run: ResourceRun, id: string, instances: 'interchangeable' | 'any' = 'interchangeable'): Resource {
  const isMeant = (one: Resource): boolean => one.id === id || one.historyName === id || ((instances === 'any' || !one.isUnique) && withoutInstance(one.id) === id);
  for (const top of run.cluster.resources) for (const one of withDescendants(top)) if (isMeant(one)) return one;
  throw notFound(id);
}

/** Node given with `--node`, if any: by its name, which may look like the id of another. */
export function chosenNode(run: ResourceRun): Node | undefined {
  const name = run.options.value('node');
  if (name === undefined) return undefined;
  const node = run.cluster.nodeByName.get(name.toLowerCase());
  if (node === undefined) throw new ToolFailure(EXIT.noSuch, `Node '${name}' not found`);
  return node;
}
