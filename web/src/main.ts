import './schemas.ts';
import './lib/styles.ts';
import { mount } from 'svelte';
import App from './App.svelte';
import { LiveLink } from './link/live.ts';
import { takeToken } from './link/token.ts';
import { limits } from './store/limits.ts';
import { Settings } from './store/settings.svelte.ts';
import { Store } from './store/store.svelte.ts';

const url = new URL('/ws', location.href);
url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';

const link = new LiveLink({
  url: url.href,
  token: () => takeToken(window),
  creditBytes: limits.creditBytes,
});
const store = new Store({ link, settings: new Settings(localStorage), session: sessionStorage });

// A new link of the agent, pasted into this tab, changes only the fragment: no page load happens.
addEventListener('hashchange', () => {
  if (location.hash.startsWith('#token=')) store.retryNow();
});

const target = document.getElementById('app');
if (target === null) throw new Error('The page has no place for the app.');
mount(App, { target, props: { store } });
