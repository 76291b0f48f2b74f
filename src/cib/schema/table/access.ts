// SPDX-License-Identifier: GPL-2.0-or-later
/** Access control and alerts. The notation is explained in ../notation.ts. */

export const ACCESS = String.raw`
acls -- who may read and write what
  1.2- |  | (acl_user[-1.3]|acl_role|acl_target[2.0-]|acl_group[2.0-])*
acl_role -- a named list of permissions
  1.2- | id:id! description[2.0-] | (read|write|deny)*[-1.3] & acl_permission*[2.0-]
acl_permission -- one permission on a part of the document
  2.0- | id:id! kind:permission! xpath! description
  2.0- | id:id! kind:permission! reference:idref! description
  2.0- | id:id! kind:permission! object-type! attribute description
acl_target -- a user and his roles
  2.0- | id! name[3.8-] | role*
acl_group -- members of a Unix group and their roles
  2.0- | id:id! name[3.8-] | role*
role -- a role given to a user
  2.0- | id:idref!
acl_user -- a user, old form
  1.2-1.3 | id:id! | role_ref*
  1.2-1.3 | id:id! | (read|write|deny)*
role_ref -- a role given to a user, old form
  1.2-1.3 | id:idref!
read -- permission to read, old form
  1.2-1.3 | id:id! tag! attribute
  1.2-1.3 | id:id! ref:idref! attribute
  1.2-1.3 | id:id! tag! ref:idref! attribute
  1.2-1.3 | id:id! xpath! attribute
write -- permission to write, old form
  1.2-1.3 | id:id! tag! attribute
  1.2-1.3 | id:id! ref:idref! attribute
  1.2-1.3 | id:id! tag! ref:idref! attribute
  1.2-1.3 | id:id! xpath! attribute
deny -- refusal, old form
  1.2-1.3 | id:id! tag! attribute
  1.2-1.3 | id:id! ref:idref! attribute
  1.2-1.3 | id:id! tag! ref:idref! attribute
  1.2-1.3 | id:id! xpath! attribute
alerts -- programs told about events
  2.5- |  | alert*
alert -- one program told about events
  2.5-2.9 | id:id! description path! | (meta_attributes@alert|instance_attributes@alert)*, recipient*
  2.10- | id:id! description path! | (meta_attributes@alert|instance_attributes@alert|recipient)* & select?
recipient -- an address handed to an alert program
  2.5- | id:id! description value! | (meta_attributes@alert|instance_attributes@alert)*
select -- kinds of events an alert wants
  2.10- |  | select_attributes? & select_fencing? & select_nodes? & select_resources?
select_attributes -- changes of node attributes
  2.10- |  | attribute*
select_fencing -- fencing events
  2.10-
select_nodes -- node events
  2.10-
select_resources -- resource events
  2.10-
attribute -- a node attribute an alert watches
  2.10- | id:id! name!
`;
