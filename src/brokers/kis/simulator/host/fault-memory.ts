import type { Reply } from './envelope.ts';

const kept = 200;

/**
 * What faults have to remember of one host: answers that may be given a second time, and orders of other screens. Each
 * list holds 200 entries; the oldest leaves first.
 */
export class FaultMemory {
  readonly #answers = new Map<string, Reply>();
  readonly #tokens = new Map<string, Reply>();
  readonly #strangers = new Set<string>();

  /** The first answer to `target` since it was last forgotten; `reply` becomes it when there is none. */
  firstAnswer(target: string, reply: Reply): Reply {
    const first = this.#answers.get(target);
    if (first !== undefined) return first;
    this.renewAnswer(target, reply);
    return reply;
  }

  /** An answer that went out as it should: the next stale one is this. */
  renewAnswer(target: string, reply: Reply): void {
    bounded(this.#answers, target);
    this.#answers.set(target, reply);
  }

  tokenAnswer(appKey: string): Reply | null {
    return this.#tokens.get(appKey) ?? null;
  }

  rememberToken(appKey: string, reply: Reply): void {
    bounded(this.#tokens, appKey);
    this.#tokens.set(appKey, reply);
  }

  /** An order number (ten digits) that came from another screen. */
  markStranger(number: string): void {
    bounded(this.#strangers, number);
    this.#strangers.add(number);
  }

  isStranger(number: string): boolean {
    return this.#strangers.has(number);
  }
}

function bounded(map: Map<string, unknown> | Set<string>, key: string): void {
  if (map.size < kept || map.has(key)) return;
  const oldest = map.keys().next();
  if (oldest.done !== true) map.delete(oldest.value);
}
