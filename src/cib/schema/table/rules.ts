// SPDX-License-Identifier: GPL-2.0-or-later
/** Rules and their conditions. The notation is explained in ../notation.ts. */

export const RULES = String.raw`
rule@alert -- conditions joined by and or or
  2.5- | id-ref:idref!
  2.5- | id:id! score:score![-3.8] score:score[3.9-] boolean-op:boolean-op role |
      (expression|date_expression|rule@alert|rsc_expression[3.5-]|op_expression[3.5-])+
  2.5- | id:id! score-attribute![-3.8] score-attribute[3.9-] boolean-op:boolean-op role |
      (expression|date_expression|rule@alert|rsc_expression[3.5-]|op_expression[3.5-])+
rule@cluster_property_set -- conditions joined by and or or
  1.0- | id-ref:idref!
  1.0- | id:id! score:score![-3.8] score:score[3.9-] boolean-op:boolean-op role |
      (expression@defaults|date_expression|rule@cluster_property_set|rsc_expression[3.4-]|op_expression[3.4-])+
  1.0- | id:id! score-attribute![-3.8] score-attribute[3.9-] boolean-op:boolean-op role |
      (expression@defaults|date_expression|rule@cluster_property_set|rsc_expression[3.4-]|op_expression[3.4-])+
rule@location -- conditions joined by and or or
  1.0- | id-ref:idref!
  1.0- | id:id! score:score![-3.8] score:score[3.9-] boolean-op:boolean-op role |
      (expression|date_expression|rule@location|rsc_expression[3.5-]|op_expression[3.5-])+
  1.0- | id:id! score-attribute![-3.8] score-attribute[3.9-] boolean-op:boolean-op role |
      (expression|date_expression|rule@location|rsc_expression[3.5-]|op_expression[3.5-])+
rule@op_defaults -- conditions joined by and or or
  1.0- | id-ref:idref!
  1.0- | id:id! score:score![-3.8] score:score[3.9-] boolean-op:boolean-op role |
      (expression@defaults|date_expression|rule@op_defaults|rsc_expression[3.4-]|op_expression[3.4-])+
  1.0- | id:id! score-attribute![-3.8] score-attribute[3.9-] boolean-op:boolean-op role |
      (expression@defaults|date_expression|rule@op_defaults|rsc_expression[3.4-]|op_expression[3.4-])+
rule@plain -- conditions joined by and or or
  1.0- | id-ref:idref!
  1.0- | id:id! score:score![-3.8] score:score[3.9-] boolean-op:boolean-op role |
      (expression|date_expression|rule@plain|rsc_expression[3.4-]|op_expression[3.4-])+
  1.0- | id:id! score-attribute![-3.8] score-attribute[3.9-] boolean-op:boolean-op role |
      (expression|date_expression|rule@plain|rsc_expression[3.4-]|op_expression[3.4-])+
rule@resource -- conditions joined by and or or
  1.0- | id-ref:idref!
  1.0- | id:id! score:score![-3.8] score:score[3.9-] boolean-op:boolean-op role |
      (expression|date_expression|rule@resource|rsc_expression[3.4-]|op_expression[3.4-])+
  1.0- | id:id! score-attribute![-3.8] score-attribute[3.9-] boolean-op:boolean-op role |
      (expression|date_expression|rule@resource|rsc_expression[3.4-]|op_expression[3.4-])+
rule@rsc_defaults -- conditions joined by and or or
  1.0- | id-ref:idref!
  1.0- | id:id! score:score![-3.8] score:score[3.9-] boolean-op:boolean-op role |
      (expression@defaults|date_expression|rule@rsc_defaults|rsc_expression[3.4-]|op_expression[3.4-])+
  1.0- | id:id! score-attribute![-3.8] score-attribute[3.9-] boolean-op:boolean-op role |
      (expression@defaults|date_expression|rule@rsc_defaults|rsc_expression[3.4-]|op_expression[3.4-])+
expression -- compares a node attribute
  1.0- | id:id! attribute! operation:(lt|gt|lte|gte|eq|ne|defined[-3.9]|not_defined[-3.9])! value type:comparison
      value-source:value-source[2.9-]
  3.10- | id:id! attribute! operation:(defined|not_defined)! value type:comparison value-source:value-source
expression@defaults -- compares a node attribute
  1.0- | id:id! attribute! operation:(lt|gt|lte|gte|eq|ne|defined[-3.9]|not_defined[-3.9])! value type:comparison
      value-source:value-source[3.0-]
  3.10- | id:id! attribute! operation:(defined|not_defined)! value type:comparison value-source:value-source
date_expression -- compares the present time
  1.0- | id:id! operation:(in_range)! start[-3.8] start![3.9-] end! | duration?[3.9-]
  1.0- | id:id! operation:(in_range)! start! | duration[-3.8] & duration?[3.9-]
  1.0- | id:id! operation:(gt)! start!
  1.0- | id:id! operation:(lt)! end!
  1.0- | id:id! operation:(date_spec)! | date_spec
  3.9- | id:id! operation:(in_range)! end! | duration?
date_spec -- calendar fields that must match
  1.0- | id:id! hours monthdays weekdays yearsdays months weeks years weekyears moon[-3.10] minutes[3.9-] seconds[3.9-] yeardays[3.9-]
duration -- length of a period
  1.0- | id:id! hours monthdays weekdays yearsdays months weeks years weekyears moon days[3.9-] minutes[3.9-] seconds[3.9-]
rsc_expression -- matches the agent of a resource
  3.4- | id:id! class provider type
op_expression -- matches an operation
  3.4- | id:id! name! interval
lifetime -- rules that limit how long a constraint holds
  1.0-3.10 |  | rule@location+
`;
