/**
 * The token of the agent's link: it arrives in the URL fragment, which no server sees, moves to `sessionStorage`,
 * so that a reload works, and leaves the address bar at once.
 */
const key = 'token';
const form = /^#token=([\w-]{1,256})$/;

interface Page {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState' | 'state'>;
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
}

/**
 * The token this page should use, or null when it was opened without one.
 * `fragment`: what the address bar has in its place, empty for nothing.
 */
export function takeToken({ location, history, sessionStorage }: Page, fragment = ''): string | null {
  const given = form.exec(location.hash)?.[1];
  if (given !== undefined) {
    sessionStorage.setItem(key, given);
    history.replaceState(history.state, '', location.pathname + location.search + fragment);
  }
  return given ?? sessionStorage.getItem(key);
}
