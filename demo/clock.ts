/** Time for the demo: the only file here that asks the system what time it is. */

export const now = (): number => Date.now();

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks again and again until there is an answer. @throws Error naming what was waited for. */
export async function until<T>(what: string, withinMs: number, look: () => Promise<T | null>): Promise<T> {
  const endsAt = now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (now() > endsAt) throw new Error(what);
    await wait(250);
  }
}
