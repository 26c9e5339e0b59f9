import './schemas.ts';
import './lib/styles.ts';
import { mount } from 'svelte';
import App from './App.svelte';
import { FileLink } from './link/file/file-link.ts';
import { LiveLink } from './link/live/live.ts';
import { fetchSessions } from './link/sessions/sessions.ts';
import { takeToken } from './link/live/token.ts';
import { Whereabouts } from './lessons/whereabouts.svelte.ts';
import { ofTab, shared } from './store/kept/browser-storage.ts';
import { Library } from './store/library.svelte.ts';
import { limits } from './store/limits.ts';
import { Settings } from './store/kept/settings.svelte.ts';

const url = new URL('/ws', location.href);
url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';

const tab = {
  ...{ location, history, sessionStorage: ofTab },
  addEventListener: (type: 'hashchange', listener: () => void) => addEventListener(type, listener),
};
const whereabouts = new Whereabouts(tab);
const token = () => takeToken(tab, whereabouts.hash);
const options = { url: url.href, token, creditBytes: limits.creditBytes };
const settings = new Settings(shared);
const library = new Library({
  link: new LiveLink(options),
  kept: (session) => new LiveLink({ ...options, session, creditBytes: limits.recordingCreditBytes }),
  file: (file) => new FileLink(file),
  sessions: (epoch) => fetchSessions(token() ?? '', epoch),
  settings,
  session: ofTab,
});

// A new link of the agent, pasted into this tab, changes only the fragment: no page load happens.
addEventListener('hashchange', () => {
  if (location.hash.startsWith('#token=')) library.live.retryNow();
});

// Told to the other tabs alone.
addEventListener('storage', () => settings.refresh());

const target = document.getElementById('app');
if (target === null) throw new Error('The page has no place for the app.');
mount(App, { target, props: { library, whereabouts } });
// The list of the lazy parts is one of them: nothing is drawn later for it, and what is missing is asked for when needed.
import('./prefetch.ts').then(
  ({ prefetch }) => prefetch(),
  () => undefined,
);
