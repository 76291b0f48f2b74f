// SPDX-License-Identifier: GPL-2.0-or-later
/** What an upgrade did, in the words that Pacemaker's programs print, since scripts look for them. */

export interface UpgradeNote {
  /** `warning`: something no longer works as before. `info`: something without effect went. `debug`: the same in new words. */
  readonly level: 'debug' | 'info' | 'warning';
  /** Id of the element concerned. */
  readonly id: string;
  readonly message: string;
}

/** Receives the notes of a transformation in the order of its work. */
export type Notes = UpgradeNote[];

/** A transformation that cannot be finished; the driver tells why and keeps the document as it was. */
export class UpgradeImpossible extends Error {}
