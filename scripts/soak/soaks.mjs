import { captures } from './captures.mjs';
import { flood } from './flood.mjs';
import { kill } from './kill.mjs';
import { lessons } from './lessons.mjs';
import { tabs } from './tabs.mjs';

/** All long runs, in the order they go. @type {readonly import('./run.mjs').Soak[]} */
export const soaks = [flood, tabs, kill, captures, lessons];
