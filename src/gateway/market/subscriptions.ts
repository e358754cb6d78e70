export type Topic = 'tick' | 'quotes' | 'book' | 'order' | 'portfolio' | 'status';

/** Which connections want which events. At most as many as the listener allows connections. */
export class Subscriptions {
  readonly #byTopic = new Map<Topic, Set<number>>();

  add(connectionId: number, topics: readonly Topic[]): void {
    for (const topic of topics) {
      const connections = this.#byTopic.get(topic) ?? new Set();
      this.#byTopic.set(topic, connections.add(connectionId));
    }
  }

  remove(connectionId: number): void {
    for (const connections of this.#byTopic.values()) connections.delete(connectionId);
  }

  /** Null when nobody listens, so that nothing need be encoded. */
  of(topic: Topic): ReadonlySet<number> | null {
    const connections = this.#byTopic.get(topic);
    return connections === undefined || connections.size === 0 ? null : connections;
  }
}
