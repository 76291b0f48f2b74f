// SPDX-License-Identifier: GPL-2.0-or-later
/** Packs on request: the values that guides of vendors expect, as data in the form of an organisation's rules. */
import type { OrganisationRule } from '../organisation.ts';

export interface VendorPack {
  readonly name: string;
  readonly title: string;
  readonly rules: readonly OrganisationRule[];
}

/** What a row demands beside its subject. */
type Demand = Partial<Pick<OrganisationRule, 'value' | 'oneOf' | 'min' | 'max' | 'required'>>;

function parameter(code: string, agent: string, name: string, demand: Demand): OrganisationRule {
  return { code, severity: 'warning', agent, parameter: name, required: true, ...demand };
}

function property(code: string, name: string, demand: Demand): OrganisationRule {
  return { code, severity: 'warning', property: name, required: true, ...demand };
}

function timeout(code: string, agent: string, op: string, least: string): OrganisationRule {
  return { code, severity: 'warning', agent, op, attribute: 'timeout', required: true, min: least };
}

function meta(code: string, agent: string, name: string, demand: Demand): OrganisationRule {
  return { code, severity: 'warning', agent, meta: name, ...demand };
}

const HANA_AGENTS = ['SAPHana', 'SAPHanaController'] as const;

/** Registration and takeover as the documented HANA examples have them. */
function hanaParameters(prefix: string): OrganisationRule[] {
  return HANA_AGENTS.flatMap((agent) => [
    parameter(`${prefix}-1`, agent, 'PREFER_SITE_TAKEOVER', { value: 'true' }),
    parameter(`${prefix}-2`, agent, 'DUPLICATE_PRIMARY_TIMEOUT', { value: '7200' }),
  ]);
}

function hanaTimeouts(prefix: string, stop: string, promote: string): OrganisationRule[] {
  return HANA_AGENTS.flatMap((agent) => [timeout(`${prefix}-3`, agent, 'start', '3600s'), timeout(`${prefix}-4`, agent, 'stop', stop), timeout(`${prefix}-5`, agent, 'promote', promote)]);
}

function azureFencing(prefix: string): OrganisationRule[] {
  return [
    property(`${prefix}-1`, 'stonith-timeout', { min: '900s' }),
    parameter(`${prefix}-2`, 'fence_azure_arm', 'pcmk_reboot_timeout', { value: '900' }),
    parameter(`${prefix}-3`, 'fence_azure_arm', 'power_timeout', { value: '240' }),
    parameter(`${prefix}-4`, 'fence_azure_arm', 'pcmk_monitor_retries', { value: '4' }),
  ];
}

/** Made on request, so that a run without packs makes none. */
export function vendorPacks(): readonly VendorPack[] {
  return [
    { name: 'aws-general', title: 'Clusters on AWS: time for fencing through its interface', rules: [property('AWSG-1', 'stonith-timeout', { min: '600s' })] },
    {
      name: 'azure-general',
      title: 'Clusters on Azure: fencing through its interface, load balancer, announced events',
      rules: [...azureFencing('AZRG'), meta('AZRG-5', 'azure-lb', 'resource-stickiness', { value: '0', required: true })],
    },
    {
      name: 'sap-hana-aws',
      title: 'SAP HANA on AWS: timeouts and fencing of its guide',
      rules: [...hanaParameters('HAWS'), ...hanaTimeouts('HAWS', '3600s', '3600s'), property('HAWS-6', 'stonith-timeout', { min: '600s' })],
    },
    {
      name: 'sap-hana-azure',
      title: 'SAP HANA on Azure (SUSE): timeouts, delays and fencing of its guide',
      rules: [
        ...hanaParameters('HAZR'),
        ...hanaTimeouts('HAZR', '3600s', '3600s'),
        property('HAZR-6', 'priority-fencing-delay', { value: '30' }),
        parameter('HAZR-7', 'fence_azure_arm', 'pcmk_delay_max', { value: '15' }),
        ...azureFencing('HAZF'),
      ],
    },
    {
      name: 'sap-hana-suse',
      title: 'SAP HANA on SUSE, on premises: timeouts of its guide',
      rules: [...hanaParameters('HSLE'), ...hanaTimeouts('HSLE', '600s', '900s'), property('HSLE-6', 'priority-fencing-delay', { value: '30' })],
    },
  ];
}
