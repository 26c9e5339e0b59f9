/** The ways to look at the traffic beside the log, in the order of their tabs: each is fetched when it is first shown. */
import type { Component } from 'svelte';
import type { TrafficTab } from '../../store/kept/settings.svelte.ts';
import type { Desk } from './desk.svelte.ts';

/**
 * What a view is: a component that is given the desk. It selects rows with `desk.go`, shows `desk.window`, and gives
 * `desk.place('grid')` to the element that has the keyboard.
 */
export interface TrafficView {
  readonly tab: Exclude<TrafficTab, 'log'>;
  readonly label: string;
  /** Whether it shows only what the filter lets through; if not, it shows all there is. */
  readonly isFiltered: boolean;
  readonly load: () => Promise<{ readonly default: Component<{ desk: Desk }> }>;
}

export const trafficViews: readonly TrafficView[] = [
  { tab: 'timeline', label: 'Timeline', isFiltered: true, load: () => import('../timeline/Timeline.svelte') },
  { tab: 'graph', label: 'Graph', isFiltered: false, load: () => import('../graph/Graph.svelte') },
];

/** The view of a tab; null for the log, and for a tab that was remembered and is no more. */
export const viewOf = (tab: TrafficTab, views: readonly TrafficView[] = trafficViews): TrafficView | null =>
  views.find((view) => view.tab === tab) ?? null;
