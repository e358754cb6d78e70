import type { OrderRequest } from '#domain/order.ts';
import { won, type Won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';
import { decideAmend } from '#guard/decide-amend.ts';
import { decide } from '#guard/decide.ts';
import { starter, type Limits } from '#guard/limits.ts';
import type { Verdict } from '#guard/verdict.ts';
import { hasClosedLane } from '../desk/order-questions.ts';
import type { DeskOrder, DeskState } from '../desk/state.ts';
import { guardOrder, guardState, type GuardInputs } from '../guard-state.ts';
import { basePrice, type ModelMarket } from './model-market.ts';
import type { ModelProcess } from './model-process.ts';

export interface ModelGuardOptions {
  readonly market: ModelMarket;
  readonly process: ModelProcess;
  /** The guard itself with the market's prices, instead of the few rules that no history can do without. */
  readonly isReal: boolean;
  /** An approval that the truth of the market objects to, and why. */
  readonly onWrong: (sentence: string) => void;
}

const plenty = won(100_000_000_000);
/** A guard without a trustworthy clock says no (INV-42). */
const clockErrorMaxMs = 2_000;

/**
 * Limits of amounts and rates so wide that histories are decided by prices, lanes, halts and clocks: orders of one size
 * in quick succession are what a wrong match shows best.
 */
export const wideLimits: Limits = {
  ...starter,
  orderValueMax: plenty,
  dayValueAccountMax: plenty,
  dayValueStrategyMax: plenty,
  openValueMax: plenty,
  ordersPerMinuteAccountMax: 10_000,
  ordersPerMinuteStrategyMax: 10_000,
  ordersPerDayMax: 10_000,
  cancelsPerMinuteMax: 10_000,
  repeatedOrderWindowMs: 0,
  positionValueMax: plenty,
  exposureMax: plenty,
  exposureEquityBps: 10_000,
  smallOrdersPerSymbolMax: 10_000,
};

/** Decides on orders, by the real guard in some histories; each approval is compared with the truth of the market. */
export class ModelGuard {
  readonly #options: ModelGuardOptions;
  readonly #inputs: GuardInputs;

  constructor(options: ModelGuardOptions) {
    this.#options = options;
    this.#inputs = inputsOf(options);
  }

  get isReal(): boolean {
    return this.#options.isReal;
  }

  decide(state: DeskState, request: OrderRequest): Verdict {
    if (this.isReal) return this.#watched(request, decide(request, guardState(state, this.#inputs)));
    const { instrument } = request;
    for (const order of state.orders.values()) {
      if (hasClosedLane(order) && order.request.instrument === instrument) return denied;
    }
    return this.#allowed(state, request);
  }

  decideAmend(state: DeskState, change: OrderRequest, order: DeskOrder): Verdict {
    if (!this.isReal) return this.#allowed(state, change);
    return this.#watched(change, decideAmend(change, guardOrder(order), guardState(state, this.#inputs)));
  }

  /** The rules that matter here: nothing new while halted or without a clock. */
  #allowed(state: DeskState, request: OrderRequest): Verdict {
    const isClockLost = Math.abs(this.#options.process.clockErrorMs) > clockErrorMaxMs;
    if (state.halted !== null || isClockLost) return denied;
    return { kind: 'approved', order: approve(request), checks: [] };
  }

  #watched(request: OrderRequest, verdict: Verdict): Verdict {
    const { market, onWrong } = this.#options;
    const objection = verdict.kind === 'approved' ? market.objection(request.instrument, request.price) : null;
    if (objection !== null) onWrong(`INV-11 ${request.requestId} was let through on ${objection}`);
    return verdict;
  }
}

const denied: Verdict = { kind: 'denied', denials: [], checks: [] };

function inputsOf({ market, process }: ModelGuardOptions): GuardInputs {
  const averageValue: Won = plenty;
  return {
    environment: 'paper',
    clock: {
      now: () => Temporal.Instant.fromEpochMilliseconds(process.wallMs),
      elapsedMs: () => process.elapsedMs,
      speed: 1,
      isTrusted: true,
      get errorMs() {
        return Math.abs(process.clockErrorMs);
      },
      observe: () => undefined,
    },
    quotes: {
      lastTrade: (instrument) => market.lastTrade(instrument),
      basePrice: (instrument) => (market.isListed(instrument) ? basePrice : null),
    },
    limits: wideLimits,
    tradedValueAverage: () => averageValue,
    designation: () => 'none',
  };
}
