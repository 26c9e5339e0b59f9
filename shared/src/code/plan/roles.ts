/** What the events of served clients were to the server: each kind belongs to one line of its program. */
import type { Role } from '../plan.ts';
import { roles } from '../plan.ts';
import type { Story, Told } from '../story.ts';

type Roles = Record<Role, number[]>;

const nobody = (): Roles => ({
  accepted: [],
  greeted: [],
  received: [],
  ended: [],
  sent: [],
  finished: [],
  reset: [],
  closed: [],
});

/** Over all clients; numbers rise. With `greets`, the first `sent` of each is the greeting. */
export function rolesOf(clients: readonly Story[], greets: boolean): Readonly<Roles> {
  const found = nobody();
  for (const { told } of clients) {
    let isGreeted = !greets;
    for (const event of told) {
      const role = roleOf(event, isGreeted);
      if (role === 'greeted') isGreeted = true;
      if (role !== null) found[role].push(event.seq);
    }
  }
  for (const role of roles) found[role].sort((a, b) => a - b);
  return found;
}

function roleOf(event: Told, isGreeted: boolean): Role | null {
  switch (event.type) {
    case 'opened':
    case 'accepted':
      return 'accepted';
    case 'sent':
      return isGreeted ? 'sent' : 'greeted';
    case 'blocked':
    case 'drained':
      return 'sent';
    case 'received':
    case 'paused':
    case 'resumed':
      return 'received';
    case 'ended':
      return event.by === 'remote' ? 'ended' : 'finished';
    case 'reset':
      return 'reset';
    case 'closed':
      return 'closed';
    default:
      return null;
  }
}
