// SPDX-License-Identifier: GPL-2.0-or-later
/** Output of tools: text, XML, HTML, JSON. */
export { API_VERSION, isOutputFormat, Output, quotedXml, type OutputFormat, type OutputTarget, type ResultNode } from './output.ts';
export { requestText } from './request.ts';
