/** Those who wait for something to become true, each for so long. They look again whenever they are woken. */
export class Waiters {
  readonly #wakes = new Set<() => void>();

  get isEmpty(): boolean {
    return this.#wakes.size === 0;
  }

  wake(): void {
    for (const wake of this.#wakes) wake();
  }

  /** Resolves when `isDone`, looked at now and at each waking, or after `patienceMs`. */
  until(isDone: () => boolean, patienceMs: number): Promise<void> {
    if (isDone()) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#wakes.delete(wake);
        resolve();
      };
      const wake = (): void => {
        if (isDone()) end();
      };
      const timer = setTimeout(end, patienceMs);
      // Somebody's patience must not keep a gateway alive that has stopped.
      timer.unref();
      this.#wakes.add(wake);
    });
  }
}

/** Those who wait for one of many things, each by its key. Whoever waits for nothing any more is forgotten. */
export class KeyedWaiters {
  readonly #byKey = new Map<string, Waiters>();

  wake(key: string): void {
    this.#byKey.get(key)?.wake();
  }

  async until(key: string, isDone: () => boolean, patienceMs: number): Promise<void> {
    if (isDone()) return;
    const waiters = this.#byKey.get(key) ?? new Waiters();
    this.#byKey.set(key, waiters);
    await waiters.until(isDone, patienceMs);
    if (waiters.isEmpty) this.#byKey.delete(key);
  }
}
