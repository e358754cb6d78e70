import type { BarInterval } from '#domain/bar.ts';
import type { Strategy, StrategyContext } from '#strategy/strategy.ts';
import type { Brain, BrainEvents } from '../brain.ts';

/** A strategy of this installation, ready to be started. */
export interface StrategyPlan {
  readonly name: string;
  readonly kind: 'rules' | 'code';
  readonly symbols: readonly string[];
  /** `1d` is fed once a session with the days that have closed. */
  readonly interval: BarInterval;
  /** Shown while there is nothing worse to tell, such as how well a code strategy is shut in; often empty. */
  readonly remark: string;
  /** SHA-256 of what it is made of, so that a replay of its day knows whether it is the same; empty when nobody counted it. */
  readonly fingerprint?: string;
  /** The strategy itself, anew at each call, where it is our own code over data; a strategy file never runs in this process. */
  readonly strategy?: () => Strategy;
  brain(context: StrategyContext, events: BrainEvents): Brain;
}
