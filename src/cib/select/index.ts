// SPDX-License-Identifier: GPL-2.0-or-later
export { isSimpleXPath, loadXPath, selectXPath, type XPathSelection } from './select.ts';
