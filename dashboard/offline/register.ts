/** Asks the browser to keep the page's own files, so that it opens without the hub. */

/** A browser that has no workers, or forbids them, shows the page as long as the hub answers: nothing else is lost. */
export async function keepShell(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register('/worker.js').catch(() => undefined);
}
