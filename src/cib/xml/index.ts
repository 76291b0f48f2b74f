// SPDX-License-Identifier: GPL-2.0-or-later
export { XmlComment, XmlElement, XmlText, element, type XmlNode } from './element.ts';
export { findLocation, located, replaceAt, type Location } from './location.ts';
export { locate, readXml, type ReadLimits, type ReadResult, type XmlProblem } from './read.ts';
export { mapChildren, rewrite, type Replacement } from './rewrite.ts';
export { escapeAttribute, escapeText, writeXml, type WriteOptions } from './write.ts';
