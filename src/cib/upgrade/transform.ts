// SPDX-License-Identifier: GPL-2.0-or-later
/** The three steps between schema versions that change documents; between all others only `validate-with` changes. */
import type { SchemaVersion } from '../schema/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { upgradeAccess } from './access.ts';
import { splitLocations, upgradeLifetimes, type SplitIds } from './locations.ts';
import type { Notes } from './note.ts';
import { upgradeResources } from './operations.ts';
import { upgradeOptions } from './options.ts';
import { upgradePermissions } from './permissions.ts';
import { foldReferences, unfoldReferences } from './references.ts';
import { upgradeColocations, upgradeNodes } from './resource-attributes.ts';
import { dropRemovedResources, upgradePingNodes, upgradePromotables } from './resources.ts';
import { dropRemovedSettings, dropRepeatedPairs, upgradeSets } from './sets.ts';
import { foldSets, unfoldSets } from './shared-sets.ts';

export type Transformation = (root: XmlElement, notes: Notes) => XmlElement;

/** By the version a transformation starts from. */
export const TRANSFORMATIONS: ReadonlyMap<SchemaVersion, Transformation> = new Map<SchemaVersion, Transformation>([
  ['1.3', upgradeAccess],
  ['2.10', toThree],
  ['3.10', toFour],
]);

function toThree(root: XmlElement, notes: Notes): XmlElement {
  const named = upgradeNodes(upgradeOptions(unfoldSets(root), notes), notes);
  return foldSets(upgradeColocations(upgradeResources(named, notes), notes));
}

function toFour(root: XmlElement, notes: Notes): XmlElement {
  const split: SplitIds = new Map();
  const unfolded = unfoldReferences(root);
  let here = upgradeSets(unfolded, notes);
  here = dropRepeatedPairs(here);
  here = upgradePromotables(upgradePingNodes(here));
  here = splitLocations(here, split);
  here = upgradeLifetimes(here, notes);
  here = dropRemovedSettings(dropRemovedResources(here, notes), notes);
  return upgradePermissions(foldReferences(here), split, notes, here !== unfolded);
}
