import type { AlertCodeName } from '#link/alert-codes.ts';

type Facts = Readonly<Record<string, unknown>>;

/** Sweeps in a row after which a list that is not proven empty is a person's matter; they come every two seconds. */
const sweepsMax = 2;

/**
 * Which of the things that the watchdog writes down are alerts of its own. A silent runner is none: the gateway halts for
 * it and has that on record. What a gateway that lives tells itself is left to it.
 */
export class OwnAlerts {
  readonly #tell: (code: AlertCodeName) => void;
  #unproven = 0;

  constructor(tell: (code: AlertCodeName) => void) {
    this.#tell = tell;
  }

  /** @param openOrders what the gateway said last before it fell silent */
  noted(event: string, facts: Facts, openOrders: number): void {
    if (event === 'lost') this.#lost(String(facts['name']));
    if (event === 'data-silent') this.#tell('data-silent');
    if (event === 'swept') this.#swept(String(facts['outcome']), openOrders);
    if (event === 'failed' && facts['what'] === 'sweep') this.#swept('failed', openOrders);
  }

  #lost(name: string): void {
    if (name === 'gateway') this.#tell('gateway-lost');
    if (name === 'standby') this.#tell('standby-lost');
    if (name === 'server') this.#tell('server-lost');
  }

  #swept(outcome: string, openOrders: number): void {
    // Without a lease there was no session; what was open then is the broker's to say, and ours to ask about.
    const isFine = outcome === 'verified' || (outcome === 'no-lease' && openOrders === 0);
    this.#unproven = isFine ? 0 : this.#unproven + 1;
    if (this.#unproven >= sweepsMax) this.#tell('orders-left');
  }
}
