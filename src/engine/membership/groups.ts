// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Process groups over the ordered messages of a membership: the daemons of one kind on all nodes talk to each other
 * in a group, and see a peer as present only when it has said so in the present configuration.
 */
import type { Configuration, Membership } from './membership.ts';

export interface GroupHandlers<Message> {
  deliver(sender: number, message: Message): void;
  /** Members of the group in the present configuration; `left` ones have gone since the last call. */
  members(change: GroupChange): void;
}

export interface GroupChange {
  readonly ring: string;
  readonly sequence: number;
  /** Nodes of the configuration, whether their daemon of this kind has spoken yet or not. */
  readonly ringMembers: readonly number[];
  readonly members: readonly number[];
  readonly joined: readonly number[];
  readonly left: readonly number[];
}

export interface Group<Message> {
  send(message: Message): void;
}

interface Joined {
  readonly handlers: GroupHandlers<unknown>;
  members: number[];
}

/** What goes over the wire: a message of a group, or the list of groups a node is in. */
type Envelope = { readonly group: string; readonly message: unknown } | { readonly groups: readonly string[] };

export class ProcessGroups {
  private readonly joined = new Map<string, Joined>();
  private readonly membership: Membership;
  private configurationNow: Configuration | undefined;

  get names(): readonly string[] {
    return [...this.joined.keys()];
  }

  constructor(membership: Membership) {
    this.membership = membership;
  }

  /** All groups are joined before the membership starts. */
  join<Message>(name: string, handlers: GroupHandlers<Message>): Group<Message> {
    // Only members of the same group send to it, so its messages are of its type.
    this.joined.set(name, { handlers: handlers as GroupHandlers<unknown>, members: [] });
    return { send: (message) => this.membership.broadcast(JSON.stringify({ group: name, message } satisfies Envelope)) };
  }

  deliver(sender: number, payload: string): void {
    const envelope = JSON.parse(payload) as Envelope;
    if ('group' in envelope) {
      this.joined.get(envelope.group)?.handlers.deliver(sender, envelope.message);
      return;
    }
    for (const name of envelope.groups) this.admit(name, sender);
  }

  configuration(change: Configuration): void {
    this.configurationNow = change;
    this.membership.broadcast(JSON.stringify({ groups: [...this.joined.keys()] } satisfies Envelope), true);
    for (const group of this.joined.values()) {
      const left = group.members.filter((node) => !change.members.includes(node) || change.joined.includes(node));
      group.members = [];
      group.handlers.members({ ring: change.ring, sequence: change.sequence, ringMembers: change.members, members: [], joined: [], left });
    }
  }

  private admit(name: string, node: number): void {
    const group = this.joined.get(name);
    const now = this.configurationNow;
    if (group === undefined || now === undefined || group.members.includes(node)) return;
    group.members = [...group.members, node].sort((a, b) => a - b);
    group.handlers.members({ ring: now.ring, sequence: now.sequence, ringMembers: now.members, members: group.members, joined: [node], left: [] });
  }
}
