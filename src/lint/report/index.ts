// SPDX-License-Identifier: GPL-2.0-or-later
export { countOf, type FileFindings } from './findings.ts';
export { githubReport, jsonReport, junitReport, sarifReport } from './machine.ts';
export { textReport, type Paint } from './text.ts';
