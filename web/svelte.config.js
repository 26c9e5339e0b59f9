/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  compilerOptions: {
    runes: true,
    // The CSP allows no style elements made by scripts.
    css: 'external',
  },
};
