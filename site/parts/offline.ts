/** Once the page has loaded, has the browser keep the site for reading without a network; see build/serviceWorker.ts. */
export function keepForOffline(base: string): void {
  const isBuilt = import.meta.env.PROD && !import.meta.env.SSR;
  if (!isBuilt || !('serviceWorker' in navigator)) return;
  const keep = (): void => {
    // Refused in private windows of some browsers, and on hosts without https: the site works without.
    navigator.serviceWorker.register(`${base}sw.js`).catch(() => {});
  };
  if (document.readyState === 'complete') keep();
  else addEventListener('load', keep, { once: true });
}
