import { done } from '../result.ts';
import type { Handler } from './core.ts';

export const socket: Handler<'socket'> = async ({ family, socketType, label }, { hub }) => {
  const opened = hub.open({ family, socketType, label });
  return opened.ok ? done({ socket: opened.value.id }) : opened;
};
