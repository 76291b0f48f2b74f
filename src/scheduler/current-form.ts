// SPDX-License-Identifier: GPL-2.0-or-later
/** The form of a CIB that everything in this room works on. */
import { element, upgradeCib, type XmlElement } from '../cib/index.ts';

/** The CIB in the newest schema it can be brought to, with a status section. */
export function currentForm(cib: XmlElement): XmlElement {
  const upgraded = upgradeCib(cib).cib;
  return upgraded.first('status') === undefined ? upgraded.append(element('status')) : upgraded;
}
