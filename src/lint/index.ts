// SPDX-License-Identifier: GPL-2.0-or-later
/** The door of the lint room: the truth about a configuration text, offline. */
export { applyEdits, type Edit, type Finding, type LintSeverity } from './finding.ts';
export { newFindings } from './baseline.ts';
export { readOrganisationRules, type OrganisationRule, type OrganisationRules } from './organisation.ts';
export { countOf, githubReport, jsonReport, junitReport, sarifReport, textReport, type FileFindings, type Paint } from './report/index.ts';
export { fix, lint, type LintOptions } from './lint.ts';
export { catalogueSource, librarySource, type AgentSource, type Target } from './model/index.ts';
export { vendorPacks, type VendorPack } from './packs/vendor.ts';
export { ruleOf, rules, textRules } from './table.ts';
