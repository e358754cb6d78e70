import { backoffMs } from '#wire/backoff.ts';
import { isFor, rankOf, type Alert, type Attempt, type Channel } from './alert.ts';

/** Alerts that wait at a time. Beyond it the oldest notice goes first, then the oldest warning. */
export const waitingMax = 500;
/** Ids that are known to have been told, so that a restart tells nothing twice. */
const seenMax = 2_000;
/** Tries of one delivery; a critical alert begins anew with each repeat. */
const triesMax = 10;
/** Milliseconds after the first time at which a critical alert nobody acknowledged is sent again; then every half hour. */
const repeatAfterMs: readonly number[] = [60_000, 300_000, 900_000, 1_800_000];
const thenEveryMs = 1_800_000;
const critical = 2;

interface Way {
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly tries: number;
  readonly nextMs: number;
  /** What the gateway was told of it last; null before anything. */
  readonly told: 'delivered' | 'failed' | null;
}

export interface Entry {
  readonly alert: Alert;
  /** Epoch milliseconds of the machine. */
  readonly firstMs: number;
  readonly repeats: number;
  /** By the name of the channel. */
  readonly ways: Readonly<Record<string, Way>>;
}

export interface BookState {
  readonly entries: readonly Entry[];
  readonly seen: readonly string[];
}

/** What the gateway is to record: told once for each outcome of an alert in a channel. */
export interface Report {
  readonly id: string;
  readonly channel: string;
  readonly outcome: 'delivered' | 'failed';
  readonly detail: string;
}

export interface AlertBookOptions {
  readonly channels: readonly Pick<Channel, 'name' | 'from'>[];
  /** From 0 up to but not including 1. */
  readonly random: () => number;
  readonly state?: BookState;
  /** A critical alert had to make room: that is told itself. */
  readonly onDropped: (alert: Alert) => void;
}

/** Which alert goes which way, when, and how often; holds no connection and no timer. */
export class AlertBook {
  readonly #options: AlertBookOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #seen: Set<string>;
  readonly #underWay = new Set<string>();

  constructor(options: AlertBookOptions) {
    this.#options = options;
    this.#seen = new Set(options.state?.seen ?? []);
    for (const entry of options.state?.entries ?? []) this.#entries.set(entry.alert.id, this.#fitted(entry));
  }

  get state(): BookState {
    return { entries: [...this.#entries.values()], seen: [...this.#seen] };
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Critical alerts that wait for a person, oldest first. */
  get open(): readonly Alert[] {
    return [...this.#entries.values()].map(({ alert }) => alert).filter(({ code }) => rankOf(code) === critical);
  }

  /** @returns false for one that was told already */
  add(alert: Alert, nowMs: number): boolean {
    if (this.#seen.has(alert.id) || this.#entries.has(alert.id)) return false;
    this.#remember(alert.id);
    this.#entries.set(alert.id, this.#fitted({ alert, firstMs: nowMs, repeats: 0, ways: {} }));
    if (this.#entries.size > waitingMax) this.#makeRoom();
    return true;
  }

  /** A person has seen them. */
  close(ids: readonly string[]): void {
    for (const id of ids) this.#entries.delete(id);
  }

  /** Critical alerts that nobody acknowledged go out again when it is time. */
  repeat(nowMs: number): void {
    for (const [id, entry] of this.#entries) {
      if (rankOf(entry.alert.code) < critical || nowMs < entry.firstMs + afterMs(entry.repeats)) continue;
      const ways = Object.entries(entry.ways).map(
        ([name, { told }]) => [name, { state: 'waiting', tries: 0, nextMs: nowMs, told }] as const,
      );
      this.#entries.set(id, { ...entry, repeats: entry.repeats + 1, ways: Object.fromEntries(ways) });
    }
  }

  /** The next alert for a channel, the most urgent first; null when nothing is due. It counts as under way until `settle`. */
  take(channel: string, nowMs: number, leastRank = 0): Alert | null {
    let next: Entry | null = null;
    for (const entry of this.#entries.values()) {
      const way = entry.ways[channel];
      const isDue =
        way?.state === 'waiting' && way.nextMs <= nowMs && !this.#underWay.has(keyOf(channel, entry.alert.id));
      if (!isDue || rankOf(entry.alert.code) < leastRank) continue;
      if (next === null || rankOf(entry.alert.code) > rankOf(next.alert.code)) next = entry;
    }
    if (next !== null) this.#underWay.add(keyOf(channel, next.alert.id));
    return next?.alert ?? null;
  }

  /** @returns what the gateway is to record; null for what it knows, and for a try that is followed by another */
  settle(channel: string, id: string, attempt: Attempt, nowMs: number): Report | null {
    this.#underWay.delete(keyOf(channel, id));
    const entry = this.#entries.get(id);
    const way = entry?.ways[channel];
    if (entry === undefined || way === undefined) return null;
    const state = this.#stateAfter(entry.alert, way, attempt);
    const outcome = state === 'waiting' ? null : state;
    const after = { ...this.#after(way, attempt, nowMs), state, told: outcome ?? way.told };
    this.#entries.set(id, { ...entry, ways: { ...entry.ways, [channel]: after } });
    this.#forgetDone(id);
    if (outcome === null || outcome === way.told) return null;
    return { id, channel, outcome, detail: attempt.detail.slice(0, 60) };
  }

  #stateAfter(alert: Alert, way: Way, attempt: Attempt): Way['state'] {
    if (attempt.kind === 'delivered') return 'delivered';
    // A test says what the other side answered, at once.
    const isLast = attempt.kind === 'refused' || way.tries + 1 >= triesMax || alert.code === 'test';
    return isLast ? 'failed' : 'waiting';
  }

  #after(way: Way, attempt: Attempt, nowMs: number): Pick<Way, 'tries' | 'nextMs'> {
    const tries = way.tries + 1;
    if (attempt.kind !== 'again') return { tries, nextMs: nowMs };
    return { tries, nextMs: nowMs + Math.max(attempt.afterMs, backoffMs(tries, this.#options.random())) };
  }

  #forgetDone(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || rankOf(entry.alert.code) === critical) return;
    if (Object.values(entry.ways).every(({ state }) => state !== 'waiting')) this.#entries.delete(id);
  }

  /** A channel that came with a new configuration has everything before it; one that left is forgotten. */
  #fitted(entry: Entry): Entry {
    const ways = this.#options.channels
      .filter((channel) => isFor(channel, entry.alert.code))
      .map(
        ({ name }) =>
          [
            name,
            entry.ways[name] ?? ({ state: 'waiting', tries: 0, nextMs: entry.firstMs, told: null } as const),
          ] as const,
      );
    return { ...entry, ways: Object.fromEntries(ways) };
  }

  #makeRoom(): void {
    const entries = [...this.#entries.values()];
    const least = Math.min(...entries.map(({ alert }) => rankOf(alert.code)));
    // That something was dropped is the last thing to drop.
    const isLeast = ({ alert }: Entry): boolean => rankOf(alert.code) === least && alert.code !== 'alerts-dropped';
    const leaves = entries.find(isLeast)?.alert;
    if (leaves === undefined) return;
    this.#entries.delete(leaves.id);
    if (least === critical) this.#options.onDropped(leaves);
  }

  #remember(id: string): void {
    this.#seen.add(id);
    const [oldest] = this.#seen;
    if (this.#seen.size > seenMax && oldest !== undefined) this.#seen.delete(oldest);
  }
}

function afterMs(repeats: number): number {
  const last = repeatAfterMs.at(-1) ?? thenEveryMs;
  return repeatAfterMs[repeats] ?? last + (repeats - repeatAfterMs.length + 1) * thenEveryMs;
}

function keyOf(channel: string, id: string): string {
  return `${channel} ${id}`;
}
