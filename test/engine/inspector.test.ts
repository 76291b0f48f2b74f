// SPDX-License-Identifier: GPL-2.0-or-later
/** What a virtual host shows of its network. */
import { expect, it } from 'vitest';
import { inspectNetwork } from '../../src/engine/supervisor/inspector.ts';
import { xml } from './cluster-in-simulation.ts';

const history = (id: string, type: string, entries: string): string => `<lrm_resource id="${id}" class="ocf" provider="heartbeat" type="${type}">${entries}</lrm_resource>`;
const entry = (operation: string, call: number, rc: number): string => `<lrm_rsc_op id="${operation}${call}" operation="${operation}" call-id="${call}" rc-code="${rc}" op-status="0"/>`;

function cib(histories: string): ReturnType<typeof xml> {
  return xml(`<cib><configuration><nodes><node id="1" uname="a"/><node id="2" uname="b"/></nodes><resources>
    <template id="t" class="ocf" provider="heartbeat" type="IPaddr2"><instance_attributes id="t-p"><nvpair id="t-n" name="cidr_netmask" value="20"/></instance_attributes></template>
    <primitive id="plain" template="t"><instance_attributes id="p-p"><nvpair id="p-i" name="ip" value="10.1.18.3"/><nvpair id="p-n" name="nic" value="bond0"/></instance_attributes></primitive>
    <clone id="c"><meta_attributes id="c-m"><nvpair id="c-u" name="globally-unique" value="true"/></meta_attributes><primitive id="shared" class="ocf" provider="heartbeat" type="IPaddr2"><instance_attributes id="s-p"><nvpair id="s-i" name="ip" value="192.168.100.100"/><nvpair id="s-n" name="cidr_netmask" value="24"/></instance_attributes></primitive></clone>
    </resources></configuration><status><node_state id="1" uname="a"><lrm id="1"><lrm_resources>${histories}</lrm_resources></lrm></node_state></status></cib>`);
}

it('an address that was started is shown with prefix, broadcast address and interface, one that was stopped is not', () => {
  const running = cib(history('plain', 'IPaddr2', entry('monitor', 3, 7) + entry('start', 12, 0)));
  expect(inspectNetwork(running, '1', 'ip', ['addr'])).toContain('3: bond0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP\n    inet 10.1.18.3/20 brd 10.1.31.255 scope global secondary bond0\n');
  expect(inspectNetwork(running, '2', 'ip', ['addr'])).not.toContain('10.1.18.3');
  const stopped = cib(history('plain', 'IPaddr2', entry('stop', 14, 0) + entry('start', 12, 0)));
  expect(inspectNetwork(stopped, '1', 'ip', ['a', 'show'])).not.toContain('10.1.18.3');
});

it('a copy of a unique clone has a rule with its number, the number of copies and the address of all', () => {
  const text = inspectNetwork(cib(history('shared:1', 'IPaddr2', entry('start', 5, 0)) + history('plain', 'IPaddr2', entry('start', 6, 0))), '1', 'iptables', ['-nvL']);
  expect(text?.match(/CLUSTERIP .*/g)).toEqual([expect.stringContaining('hashmode=sourceip-sourceport clustermac=31:B3:55:6F:CE:87 total_nodes=2 local_node=2 hash_init=0')]);
});

it('programs and uses that would change something, or that ask for more, are left to the real programs', () => {
  for (const [program, ...args] of [['ip', 'addr', 'add', '10.0.0.1/8'], ['ip', 'route'], ['iptables', '-F'], ['iptables', '-t', 'nat', '-L'], ['ls']]) {
    expect(inspectNetwork(cib(''), '1', program!, args)).toBeUndefined();
  }
});
