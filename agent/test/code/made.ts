/** Programs made from what a scene's journal holds, as the page makes them. */
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { applyTo } from '@socket-playground/shared/events/reduce.ts';
import type { OwnState, SocketState } from '@socket-playground/shared/events/state.ts';
import { codeLimits } from '@socket-playground/shared/limits.ts';
import { programOf, textOf } from '@socket-playground/shared/code/program.ts';
import { python } from '@socket-playground/shared/code/python.ts';
import { serverPlan } from '@socket-playground/shared/code/plan/server.ts';
import { socketPlan } from '@socket-playground/shared/code/plan/socket.ts';
import { storyOf } from '@socket-playground/shared/code/story.ts';
import type { Story } from '@socket-playground/shared/code/story.ts';

/** The states after these events. */
function statesOf(events: readonly SocketEvent[]): ReadonlyMap<number, SocketState> {
  const table = new Map<number, OwnState>();
  for (const event of events) applyTo(table, event);
  return table;
}

function tell(events: readonly SocketEvent[], state: SocketState): Story {
  const own = events.filter(({ socket }) => socket === state.socket);
  return storyOf(state, own, codeLimits.events);
}

const noMore = () => null;

/** The program of a client, or of a datagram socket. */
export function socketProgram(events: readonly SocketEvent[], socket: number): string {
  const state = statesOf(events).get(socket);
  if (state === undefined) throw new Error(`no socket #${socket}`);
  return textOf(programOf(socketPlan(tell(events, state), noMore), python));
}

/** The program of a listener and all it accepted. */
export function serverProgram(events: readonly SocketEvent[], listener: number): string {
  const states = [...statesOf(events).values()];
  const own = states.find(({ socket }) => socket === listener);
  if (own === undefined) throw new Error(`no socket #${listener}`);
  const clients = states.filter((state) => state.listener === listener).map((state) => tell(events, state));
  return textOf(programOf(serverPlan({ listener: tell(events, own), clients, more: 0 }, noMore), python));
}
