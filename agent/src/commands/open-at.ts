import type { OpenRequest } from '../sockets/hub.ts';
import type { Result } from '../result.ts';
import type { AgentSocket } from '../sockets/socket.ts';
import type { Core } from './core.ts';
import { recordLocation } from './places.ts';
import type { Place } from './places.ts';

/** Opens a socket for a place that was located already, because its family had to be known first. */
export function openAt(place: Place, request: OpenRequest, core: Core): Result<AgentSocket> {
  const opened = core.hub.open(request);
  if (opened.ok) recordLocation(place, opened.value.id, core);
  return opened;
}
