// SPDX-License-Identifier: GPL-2.0-or-later
/** Names of the levels and commands that users of the crm shell know (crmsh 4.4 and 5.1), aliases and former names among them. */

export const REFERENCE_COMMANDS: Readonly<Record<string, string>> = {
  '': 'status verify report help ls cd up end back quit exit bye',
  cib: 'new use list delete reset commit diff import',
  'cib cibstatus': 'load save origin show quorum node ticket op run simulate',
  configure:
    'node primitive resource group clone ms master bundle rsc_template monitor location colocation collocation order rsc_ticket property rsc_defaults op_defaults fencing_topology tag alert role user acl_target xml ' +
    'show edit filter set modgroup delete rm rename erase default-timeouts save load refresh commit verify validate-all ptest simulate graph schema upgrade get_property get-property rsctest _test _objects _regtest',
  'configure template': 'new load edit show apply delete list',
  'configure assist': 'template weak-bond',
  'configure cib': 'new',
  'configure ra': 'info',
  'configure history': 'info',
  ra: 'classes providers list info meta validate',
  resource:
    'status show list start stop restart promote demote manage unmanage maintenance move migrate ban clear unmove unmigrate unban cleanup refresh reprobe operations constraints locate scores failcount param meta utilization secret trace untrace',
  node: 'show list standby online maintenance ready attribute utilization status-attr fence clearstate delete server',
  maintenance: 'on off action',
  options: 'set show list save reset skill-level editor pager user output colorscheme check-frequency check-mode sort-elements wait add-quotes manage-children',
  history: 'source limit timeframe refresh detail setnodes info latest resource node log events exclude peinputs transitions transition show graph diff wdiff session',
  script: 'list show info describe verify run json',
  site: 'ticket',
  cluster: 'init join remove delete geo_init geo_join geo_init_arbitrator geo-init geo-join geo-init-arbitrator start stop restart enable disable status health rename run copy diff wait_for_startup crash_test',
  corosync: 'status show edit get set diff push pull reload log link add-node del-node',
  sbd: 'configure device status purge',
};
