// SPDX-License-Identifier: GPL-2.0-or-later
/** start, stop, promote, demote, restart: the target role of resources. */
import { compareVersions, isPromotableClone, setSetting, settingOf, type CibChange, type ResourcePlace, type XmlElement } from '../../../cib/index.ts';
import { FAILURE, SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';
import { knownFailures, waitSettled } from '../../wait.ts';
import { applyAll, effectivePlace, metaChanges, outermost } from './meta.ts';
import { findAll } from './names.ts';

/** Schemas from here on know the present role names. */
const ROLE_NAMES_SINCE = '3.7';

export async function setTargetRole(session: Session, words: readonly string[], role: 'Started' | 'Stopped' | 'Promoted' | 'Unpromoted'): Promise<number> {
  const cib = await session.cib();
  const places = findAll(session, cib, words);
  if (places === undefined) return FAILURE;
  const changes: CibChange[] = [];
  for (const place of places) {
    const isPromotion = role === 'Promoted' || role === 'Unpromoted';
    if (isPromotion && !isPromotableClone(outermost(place))) return session.error(`${place.element.id} is not promotable`);
    // Promotion is a matter of the clone as a whole, also when a member of a cloned group was named.
    const owner = isPromotion ? { element: outermost(place), containers: [] } : place;
    changes.push(...(await metaChanges(session, owner, 'target-role', roleName(cib, role))));
  }
  return (await applyAll(session, changes)) ? SUCCESS : FAILURE;
}

function roleName(cib: XmlElement, role: string): string {
  const schema = /^pacemaker-([\d.]+)$/.exec(cib.get('validate-with') ?? '')?.[1] ?? ROLE_NAMES_SINCE;
  if (compareVersions(schema, ROLE_NAMES_SINCE) >= 0) return role;
  return role === 'Promoted' ? 'Master' : role === 'Unpromoted' ? 'Slave' : role;
}

/** Stops, waits until stopped, and gives the resources the role they had. */
export async function restart(session: Session, words: readonly string[]): Promise<number> {
  const cib = await session.cib();
  const places = findAll(session, cib, words);
  if (places === undefined) return FAILURE;
  if ((await session.backend()).cluster === undefined) return session.error('restart needs a running cluster (crm cluster start)');
  const known = await knownFailures(session);
  session.info(`ordering ${words.join(' ')} to stop`);
  if ((await setTargetRole(session, words, 'Stopped')) !== SUCCESS) return FAILURE;
  const stopped = await waitSettled(session, known);
  session.info(`ordering ${words.join(' ')} to start`);
  const restored = await applyAll(session, places.map(formerRole));
  return stopped === SUCCESS && restored ? waitSettled(session, known) : FAILURE;
}

/** What puts the target role back as it stood before, read from the element as it was. */
function formerRole(place: ResourcePlace): CibChange {
  const target = effectivePlace(place);
  const before = settingOf(target, 'meta_attributes', 'target-role');
  return setSetting('resources', target, 'meta_attributes', 'target-role', before === undefined || before === 'Stopped' ? 'Started' : before);
}
