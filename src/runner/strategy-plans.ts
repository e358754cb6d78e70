import { join, resolve } from 'node:path';
import type { Environment } from '#domain/environment.ts';
import { instrumentId } from '#domain/instrument.ts';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import { readRulesFiles, type Installation } from './installation.ts';
import type { MarketClock } from './market-clock.ts';
import type { MarketMemory } from './market-memory.ts';
import { checkPromotion } from './promotion-check.ts';
import { priceRulesOf } from './price-rules.ts';
import { RulesBrain } from './rules-brain.ts';
import { CodeBrain } from './sandbox/code-brain.ts';
import type { Isolation } from './sandbox/isolation-grade.ts';
import type { StrategyEntry } from './snowball-config.ts';
import type { StrategyPlan } from './strategy-plan.ts';

export interface PlanOptions {
  readonly installation: Installation;
  readonly market: MarketMemory;
  readonly clock: MarketClock;
  readonly isolation: Isolation;
  /** In trial, where nothing is at stake, an optimum that the gate refused may run. */
  readonly environment: Environment;
  /** Folder of this process; each code strategy gets a folder of its own in it. */
  readonly folder: string;
  /** Real milliseconds for an answer of a code strategy; never more than the 5,000 of the threat model. */
  readonly answerMs?: number;
}

const answerMsMax = 5_000;

/** Every strategy of the installation. @throws {FixConfiguration} `runner.config` for a pair of files that cannot be used */
export function planStrategies(options: PlanOptions): readonly StrategyPlan[] {
  return options.installation.strategies.map((entry) =>
    entry.kind === 'rules' ? rulesPlan(entry, options) : codePlan(entry, options),
  );
}

function rulesPlan(entry: Extract<StrategyEntry, { kind: 'rules' }>, options: PlanOptions): StrategyPlan {
  const { name, interval } = entry;
  if (options.environment !== 'trial') checkPromotion(resolve(options.installation.root, entry.config));
  const { config, targets } = readRulesFiles(options.installation.root, entry);
  const instruments = targets.map((target) => target.instrument);
  return {
    name,
    kind: 'rules',
    symbols: targets.map((target) => target.symbol),
    remark: '',
    brain: (context, events) =>
      new RulesBrain(tutorialStrategy({ name, config, instruments, interval }), context, events),
  };
}

function codePlan(entry: Extract<StrategyEntry, { kind: 'code' }>, options: PlanOptions): StrategyPlan {
  const { name, symbols } = entry;
  const { market, clock, isolation, folder, installation } = options;
  return {
    name,
    kind: 'code',
    symbols,
    remark: `격리 등급 ${isolation.grade}`,
    brain: (context, events) =>
      new CodeBrain({
        name,
        file: resolve(installation.root, entry.file),
        folder: join(folder, 'sandbox', name),
        isolation,
        context,
        instruments: symbols.map(instrumentId),
        ...(options.answerMs === undefined ? {} : { answerMs: Math.min(answerMsMax, options.answerMs) }),
        priceRules: (instrument) => priceRulesOf(instrument, market, clock),
        ...events,
      }),
  };
}
