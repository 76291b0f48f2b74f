// SPDX-License-Identifier: GPL-2.0-or-later
/** The document, its sections, nodes and tags. The notation is explained in ../notation.ts. */

export const DOCUMENT = String.raw`
cib -- the whole document
  1.0- | validate-with:schema! admin_epoch:nonNegative! epoch:nonNegative! num_updates:nonNegative! crm_feature_set
      remote-tls-port:nonNegative remote-clear-port:nonNegative have-quorum:boolean dc-uuid cib-last-written no-quorum-panic:boolean
      update-origin[1.2-] update-client[1.2-] update-user[1.2-] execution-date[1.2-] | configuration, status?
configuration -- what the administrator decides
  1.0- |  | crm_config & rsc_defaults? & op_defaults? & nodes & resources & constraints & fencing-topology?[1.2-] & acls?[1.2-] &
      tags?[1.3-] & alerts?[2.5-]
status -- what the cluster observed; free form
  1.0- |  | ANY*
crm_config -- options of the cluster
  1.0- |  | cluster_property_set*
rsc_defaults -- settings for every resource
  1.0- |  | meta_attributes@rsc_defaults*
op_defaults -- settings for every operation
  1.0- |  | meta_attributes@op_defaults*
nodes -- machines of the cluster
  1.0- |  | node*
node -- one machine
  1.0- | id! uname! type:(normal|member|ping)![-1.0] type:(normal[-2.10]|member|ping[-3.10]|remote[1.3-])[1.2-] description
      score:score[1.2-] | (instance_attributes@node|utilization[1.2-])*
resources -- everything the cluster runs
  1.0- |  | (primitive|group|clone|master[-3.10]|template[1.2-]|bundle[2.8-])*
constraints -- where, in which order and with what resources run
  1.0- |  | (rsc_location|rsc_colocation|rsc_order|rsc_ticket[1.2-])*
fencing-topology -- levels of fencing
  1.2- |  | fencing-level*
fencing-level -- devices tried together for a target
  1.2- | id:id! target! index:positive![-3.10] index:positive9![4.0-] devices:devices!
  1.2- | id:id! target-pattern! index:positive![-3.10] index:positive9![4.0-] devices:devices!
  2.4- | id:id! target-attribute! target-value! index:positive![-3.10] index:positive9![4.0-] devices:devices!
tags -- named groups of objects
  1.3- |  | tag*
tag -- a name for several objects
  1.3- | id:id! | obj_ref+
obj_ref -- a member of a tag
  1.3- | id:idref![-3.2] id![3.3-]
`;
