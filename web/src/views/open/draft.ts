/** What stands in a form when it opens. */
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import { withFreePort, withLikelyTarget, withSpokenProtocol } from './help.ts';
import { newForm } from './model.ts';
import type { Form, Kind } from './model.ts';

export type Given = Partial<Pick<Form, 'socketType' | 'entries'>>;

/** What stood there `before`, with the `given` entries, else with what most likely comes next. */
export function draft(kind: Kind, before: Form | undefined, given: Given, sockets: SocketTable): Form {
  const stood = before ?? newForm(kind);
  const form: Form = { ...stood, ...given, entries: { ...stood.entries, ...given.entries } };
  if (given.entries !== undefined) return form;
  if (kind === 'server') return withFreePort(form, sockets);
  return withLikelyTarget(given.socketType === undefined ? withSpokenProtocol(form, sockets) : form, sockets);
}
