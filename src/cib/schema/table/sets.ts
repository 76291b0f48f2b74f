// SPDX-License-Identifier: GPL-2.0-or-later
/** Attribute sets and name-value pairs, one definition for each place with rules of its own. The notation is explained in ../notation.ts. */

export const SETS = String.raw`
cluster_property_set -- a set of cluster options
  1.0- | id-ref:idref!
  1.0- | id:id! score:score | rule@cluster_property_set? & nvpair@cluster_property_set*
instance_attributes@alert -- parameters handed to an agent
  2.5- | id-ref:idref!
  2.5- | id:id! score:score | rule@alert? & nvpair@plain*
instance_attributes@collective -- parameters handed to an agent
  1.0- | id-ref:idref!
  1.0- | id:id! score:score | rule@resource? & nvpair@plain*
instance_attributes@node -- parameters handed to an agent
  1.0- | id-ref:idref!
  1.0- | id:id! score:score | rule@plain? & nvpair@plain*
instance_attributes@op -- parameters handed to an agent
  1.0- | id-ref:idref!
  1.0- | id:id! score:score | rule@resource? & nvpair@op-instance*
instance_attributes@primitive -- parameters handed to an agent
  1.0- | id-ref:idref!
  1.0- | id:id! score:score | rule@resource? & nvpair@primitive-instance*
meta_attributes@alert -- settings the cluster obeys
  2.5- | id-ref:idref!
  2.5- | id:id! score:score | rule@alert? & nvpair@plain*
meta_attributes@collective -- settings the cluster obeys
  1.0- | id-ref:idref!
  1.0- | id:id! score:score | rule@plain? & nvpair@collective-meta*
meta_attributes@master -- settings the cluster obeys
  1.0-3.10 | id-ref:idref!
  1.0-3.10 | id:id! score:score | rule@plain? & nvpair@plain*
meta_attributes@op -- settings the cluster obeys
  1.0- | id-ref:idref!
  1.0- | id:id! score:score | rule@resource? & nvpair@op-meta*
meta_attributes@op_defaults -- settings the cluster obeys
  1.0- | id-ref:idref!
  1.0- | id:id! score:score | rule@op_defaults? & nvpair@op_defaults*
meta_attributes@primitive -- settings the cluster obeys
  1.0- | id-ref:idref!
  1.0- | id:id! score:score | rule@plain? & nvpair@primitive-meta*
meta_attributes@rsc_defaults -- settings the cluster obeys
  1.0- | id-ref:idref!
  1.0- | id:id! score:score | rule@rsc_defaults? & nvpair@rsc_defaults*
utilization -- capacity a node offers or a resource takes
  1.2- | id-ref:idref!
  1.2- | id:id! score:score | rule@plain? & nvpair@plain*
nvpair@cluster_property_set -- one name and its value
  1.0- | id:id! name![-2.10] name:not-old-options![3.0-3.10] name:not-removed-options![4.0-] value[-3.10] value![4.0-]
  3.0- | id-ref:idref! name[-3.10]
  3.0-3.10 | id:id! name:(cluster-infrastructure)! value:not-old-infrastructure!
  4.0- | id:id! name:(stonith-action)! value:not-poweroff!
nvpair@collective-meta -- one name and its value
  1.0- | id:id! name![-3.10] name:not-restart-type![4.0-] value[-3.10] value![4.0-]
  1.3- | id-ref:idref! name[-3.10]
nvpair@op-instance -- one name and its value
  1.0- | id:id! name![-2.10,3.1-] name:not-operation-settings![3.0] value[-3.10] value![4.0-]
  1.3- | id-ref:idref! name[-3.10]
nvpair@op-meta -- one name and its value
  1.0- | id:id! name![-2.10] name:not-requires![3.0-3.10] name:not-removed-operation-settings![4.0-] value[-3.10] value![4.0-]
  1.3- | id-ref:idref! name[-3.10]
nvpair@op_defaults -- one name and its value
  1.0- | id:id! name![-3.10] name:not-removed-operation-settings![4.0-] value[-3.10] value![4.0-]
  3.0- | id-ref:idref! name[-3.10]
nvpair@plain -- one name and its value
  1.0- | id:id! name! value[-3.10] value![4.0-]
  1.3- | id-ref:idref! name[-3.10]
nvpair@primitive-instance -- one name and its value
  1.0- | id:id! name![-2.10,3.1-] name:not-old-fencing-parameters![3.0] value[-3.10] value![4.0-]
  1.3- | id-ref:idref! name[-3.10]
nvpair@primitive-meta -- one name and its value
  1.0- | id:id! name![-2.10] name:not-isolation![3.0-3.10] name:not-restart-type![4.0-] value[-3.10] value![4.0-]
  1.3- | id-ref:idref! name[-3.10]
nvpair@rsc_defaults -- one name and its value
  1.0- | id:id! name![-3.10] name:not-restart-type![4.0-] value[-3.10] value![4.0-]
  3.0- | id-ref:idref! name[-3.10]
`;
