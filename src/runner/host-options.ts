import type { MarketClock } from './feed/market-clock.ts';
import type { MarketMemory } from './feed/market-memory.ts';
import type { GatewayLink } from './order-line.ts';
import type { StrategyPlan } from './plans/strategy-plan.ts';

/** What one strategy needs to run. */
export interface HostOptions {
  readonly plan: StrategyPlan;
  readonly gateway: GatewayLink;
  readonly market: MarketMemory;
  readonly clock: MarketClock;
  /** Folder of the decision logs. */
  readonly folder: string;
  readonly onChange: () => void;
  /** Real milliseconds after its start before a strategy of day bars is shown anything. */
  readonly dayDelayMs: number;
  /** It failed or was stopped: nothing more is wanted for it. */
  readonly onOver?: () => void;
}
