// SPDX-License-Identifier: GPL-2.0-or-later
/** Constraints and resource sets. The notation is explained in ../notation.ts. */

export const CONSTRAINTS = String.raw`
rsc_location -- which nodes a resource prefers
  1.0- | id:id! rsc:idref! score:score! node! role:role[1.2-] resource-discovery:discovery[2.2-] | lifetime?[-3.10]
  1.0- | id:id! rsc:idref! role:role[1.2-] resource-discovery:discovery[2.2-] | rule@location+[-3.10], lifetime?[-3.10], rule@location[4.0-]
  1.2- | id:id! score:score! node! resource-discovery:discovery[2.2-] | resource_set+, lifetime?[-3.10]
  1.2- | id:id! resource-discovery:discovery[2.2-] | resource_set+, rule@location+[-3.10], lifetime?[-3.10], rule@location[4.0-]
  2.6- | id:id! rsc-pattern! role:role score:score! node! resource-discovery:discovery | lifetime?[-3.10]
  2.6- | id:id! rsc-pattern! role:role resource-discovery:discovery | rule@location+[-3.10], lifetime?[-3.10], rule@location[4.0-]
rsc_colocation -- which resources run together
  1.0- | id:id! score:score influence[3.6-] | lifetime?[-3.10], resource_set+
  1.0- | id:id! score:score rsc:idref! with-rsc:idref! node-attribute rsc-role:role with-rsc-role:role influence[3.6-] | lifetime?[-3.10]
  1.0-2.10 | id:id! score-attribute | lifetime?, resource_set+
  1.0-2.10 | id:id! score-attribute rsc:idref! with-rsc:idref! node-attribute rsc-role:role with-rsc-role:role | lifetime?
  1.0-2.10 | id:id! score-attribute-mangle | lifetime?, resource_set+
  1.0-2.10 | id:id! score-attribute-mangle rsc:idref! with-rsc:idref! node-attribute rsc-role:role with-rsc-role:role | lifetime?
rsc_order -- what happens first
  1.0- | id:id! symmetrical:boolean score:score require-all:boolean[2.3-] | lifetime?[-3.10], resource_set+
  1.0- | id:id! symmetrical:boolean score:score first:idref! then:idref! first-action:action then-action:action require-all:boolean[2.3-] |
      lifetime?[-3.10]
  1.0- | id:id! symmetrical:boolean kind:kind require-all:boolean[2.3-] | lifetime?[-3.10], resource_set+
  1.0- | id:id! symmetrical:boolean kind:kind first:idref! then:idref! first-action:action then-action:action require-all:boolean[2.3-] |
      lifetime?[-3.10]
rsc_ticket -- what may run only with a ticket
  1.2- | id:id! ticket! loss-policy:loss-policy | resource_set+
  1.2- | id:id! rsc:idref! rsc-role:role ticket! loss-policy:loss-policy
resource_set -- several resources in one constraint
  1.0- | id-ref:idref!
  1.0- | id:id! sequential:boolean action:action role:role score:score require-all:boolean[1.2-] ordering:ordering[2.1-] | resource_ref+
  3.0- | id:id! sequential:boolean require-all:boolean ordering:ordering action:action role:role kind:kind | resource_ref+
resource_ref -- a member of a resource set
  1.0- | id:idref!
`;
