// SPDX-License-Identifier: GPL-2.0-or-later
/** Resources, bundles and operations. The notation is explained in ../notation.ts. */

export const RESOURCES = String.raw`
primitive -- one resource, run by an agent
  1.0- | id:id! class:(ocf)! provider! type! description | (meta_attributes@primitive|instance_attributes@primitive|utilization[1.2-])* &
      operations?
  1.0- | id:id! class:(lsb|heartbeat|stonith|upstart[-3.10]|service[1.2-]|systemd[1.2-]|nagios[1.2-3.10])! type! description |
      (meta_attributes@primitive|instance_attributes@primitive|utilization[1.2-])* & operations?
  1.2- | id:id! template:idref! description | (meta_attributes@primitive|instance_attributes@primitive|utilization)* & operations?
template -- settings that primitives inherit
  1.2- | id:id! class:(ocf)! provider! type! description | (meta_attributes@primitive|instance_attributes@primitive|utilization)* &
      operations?
  1.2- | id:id! class:(lsb|heartbeat|stonith|upstart[-3.10]|service[2.7-]|systemd[2.7-]|nagios[2.7-3.10])! type! description |
      (meta_attributes@primitive|instance_attributes@primitive|utilization)* & operations?
group -- primitives that run together, in order
  1.0- | id:id! description | (meta_attributes@collective|instance_attributes@collective)* & primitive+
group@master -- primitives that run together, in order
  1.0-3.10 | id:id! description | (meta_attributes@master|instance_attributes@collective)* & primitive+
clone -- a resource that runs on several nodes
  1.0- | id:id! description | (meta_attributes@collective|instance_attributes@collective)* & (primitive|group)
master -- a clone with promoted instances, old form
  1.0-3.10 | id:id! description | (meta_attributes@master|instance_attributes@collective)* & (primitive|group@master)
bundle -- a container with an optional primitive inside
  2.8- | id:id! description | (meta_attributes@collective|instance_attributes@collective)* & (docker|rkt[2.10-3.10]|podman[3.2-]) & network?
      & storage? & primitive?
docker -- container run by Docker
  2.8-3.10 | image! replicas:integer replicas-per-host:integer masters:integer run-command network options
  3.0- | image! replicas:integer replicas-per-host:integer promoted-max:integer run-command network options
podman -- container run by Podman
  3.2-3.10 | image! replicas:integer replicas-per-host:integer masters:integer run-command network options
  3.2- | image! replicas:integer replicas-per-host:integer promoted-max:integer run-command network options
rkt -- container run by rkt
  2.10-3.10 | image! replicas:integer replicas-per-host:integer masters:integer run-command network options
  3.0-3.10 | image! replicas:integer replicas-per-host:integer promoted-max:integer run-command network options
network -- addresses and ports of a bundle
  2.8- | ip-range-start control-port:integer host-interface host-netmask:integer add-host:boolean[3.0-] | port-mapping*
port-mapping -- a port forwarded into the container
  2.8- | id:id! port:integer! internal-port:integer
  2.8- | id:id! range:port-range!
storage -- directories of a bundle
  2.8- |  | storage-mapping*
storage-mapping -- a directory shown inside the container
  2.8- | id:id! source-dir! target-dir! options
  2.8- | id:id! source-dir-root! target-dir! options
operations -- what is done with a resource and how
  1.0- | id:id id-ref:idref | op*
op -- one operation, its interval and limits
  1.0- | id:id! name! interval! description start-delay timeout enabled:boolean record-pending:boolean role:role requires:requires[-2.10]
      on-fail:on-fail | (meta_attributes@op|instance_attributes@op)*
  1.0- | id:id! name! interval! description interval-origin timeout enabled:boolean record-pending:boolean role:role
      requires:requires[-2.10] on-fail:on-fail | (meta_attributes@op|instance_attributes@op)*
`;
