import { accept } from './accept.mjs';
import { capture } from './capture.mjs';
import { echo } from './echo.mjs';
import { filter } from './filter.mjs';
import { idle } from './idle.mjs';
import { memory } from './memory.mjs';
import { paint } from './paint.mjs';
import { ping } from './ping.mjs';
import { session } from './session.mjs';
import { size } from './size.mjs';
import { start } from './start.mjs';
import { timeline } from './timeline.mjs';
import { udp } from './udp.mjs';

/** All benchmarks, in the order they run. @type {readonly import('./row.mjs').Row[]} */
export const rows = [
  echo,
  ping,
  udp,
  accept,
  idle,
  paint,
  filter,
  memory,
  session,
  capture,
  timeline,
  start,
  size,
];
