import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { withPromotion, type PromotionDecision } from '#backtest/validation/promotion-file.ts';
import { judgePromotion, type PromotionEvidence } from '#backtest/validation/promotion-gate.ts';
import { promotionThresholds } from '#backtest/validation/promotion-thresholds.ts';
import { FixConfiguration } from '#domain/errors.ts';
import type { Environment } from '#domain/environment.ts';
import { recipeIdentity } from '#strategy/recipes/recipe-identity.ts';
import { readRecipeSettings } from '#strategy/recipes/recipe.ts';
import { recipeById } from '#strategy/recipes/recipes.ts';
import { MarketClock } from '../feed/market-clock.ts';
import { MarketMemory } from '../feed/market-memory.ts';
import { checkPromotion } from './promotion-check.ts';
import { readSnowballConfig, type StrategyEntry } from './snowball-config.ts';
import { planStrategies } from './strategy-plans.ts';

const tutorial = join(import.meta.dirname, '../../../examples/tutorial');
const atTheEdge = Object.fromEntries(promotionThresholds.map(({ id, limit }) => [id, limit])) as PromotionEvidence;
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'snowball-promotion-'));
  file = join(folder, 'trading_config.yaml');
  for (const name of ['trading_config.yaml', 'target_stocks.txt'])
    copyFileSync(join(tutorial, name), join(folder, name));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function decide(over: Partial<PromotionDecision> = {}): void {
  const decision: PromotionDecision = {
    file: 'trading_config.yaml',
    sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
    at: '2026-11-20T09:00:00Z',
    verdict: 'refused',
    reason: '',
    parameters: { ma_short: 5 },
    lines: [...judgePromotion({ ...atTheEdge, 'overfit-probability': 0.61 }).lines],
    ...over,
  };
  writeFileSync(join(folder, 'promotion.json'), withPromotion([], decision));
}

const mine: readonly StrategyEntry[] = [
  { name: 'mine', kind: 'rules', config: 'trading_config.yaml', targets: 'target_stocks.txt', interval: '1m' },
];

function plan(environment: Environment, strategies = mine) {
  return planStrategies({
    installation: { root: folder, folder, strategies },
    market: new MarketMemory(),
    clock: new MarketClock(() => 0),
    isolation: { grade: 'C' } as Parameters<typeof planStrategies>[0]['isolation'],
    environment,
    folder: join(folder, 'run'),
  });
}

const isRefusal = (found: RegExp) => (error: unknown) =>
  error instanceof FixConfiguration && error.code === 'runner.promotion' && found.test(error.message);

test('planStrategies() refuses in paper and real what the gate refused, with both numbers, and not in trial', () => {
  decide();

  for (const environment of ['paper', 'real'] as const) {
    assert.throws(() => plan(environment), isRefusal(/0\.61.*0\.2/));
  }
  assert.equal(plan('trial').length, 1);
});

test('planStrategies() refuses a .kis.yaml by the decision beside it', () => {
  const config = readSnowballConfig(
    'strategies:\n  - { name: cross, kind: kis-yaml, file: trading_config.yaml, interval: 1d, symbols: ["005930"] }\n',
  );
  assert.ok(config.kind === 'read', JSON.stringify(config));
  decide();

  assert.throws(() => plan('paper', config.config.strategies), isRefusal(/0\.61/));
});

test('planStrategies() starts in paper what was never judged, what passed, and what a person took on with a reason', () => {
  assert.equal(plan('paper').length, 1);

  decide({ verdict: 'allowed', lines: [...judgePromotion(atTheEdge).lines] });
  assert.equal(plan('paper').length, 1);

  decide({ verdict: 'allowed-with-reason', reason: 'one share at a time, to watch the orders' });
  assert.equal(plan('paper').length, 1);
});

test('checkPromotion() refuses a file that changed since it was judged, passed or not', () => {
  decide({ verdict: 'allowed', lines: [...judgePromotion(atTheEdge).lines] });
  checkPromotion(file);

  writeFileSync(file, `${readFileSync(file, 'utf8')}# one more line\n`);

  assert.throws(() => checkPromotion(file), isRefusal(/2026-11-20/));
});

test('INV-11 checkPromotion() refuses when the decisions cannot be read, and a refusal that was edited into a pass', () => {
  const path = join(folder, 'promotion.json');
  for (const text of ['', '{', '{"format":1}', 'x'.repeat(4_194_305)]) {
    writeFileSync(path, text);
    assert.throws(() => checkPromotion(file), isRefusal(/promotion\.json/));
  }

  decide();
  writeFileSync(path, readFileSync(path, 'utf8').replace('"refused"', '"allowed"'));
  assert.throws(() => checkPromotion(file), isRefusal(/promotion\.json/));
});

test('checkPromotion() leaves a missing strategy to whoever reads it', () => {
  decide();
  rmSync(file);

  checkPromotion(file);
});

test('INV-11 planStrategies() refuses in paper a recipe whose settings the gate refused, or whose settings changed since', () => {
  const recipe = (settings: Record<string, number>): readonly StrategyEntry[] => [
    { name: 'mine', kind: 'recipe', recipe: 'ladder', symbols: ['005930'], settings },
  ];
  const read = readRecipeSettings(recipeById('ladder')!, { rungs: 4 });
  assert.ok(read.kind === 'settings');
  const sha256 = createHash('sha256').update(recipeIdentity('ladder', read)).digest('hex');
  assert.equal(plan('paper', recipe({ rungs: 4 })).length, 1);

  decide({ file: 'recipe:ladder', sha256 });

  assert.throws(() => plan('paper', recipe({ rungs: 4 })), /recipe:ladder.*0\.61/s);
  assert.throws(() => plan('real', recipe({ rungs: 6 })), { code: 'runner.promotion' });
  assert.equal(plan('trial', recipe({ rungs: 4 })).length, 1);
  decide({ file: 'recipe:ladder', sha256, verdict: 'allowed-with-reason', reason: 'one share at a time' });
  assert.equal(plan('paper', recipe({ rungs: 4 })).length, 1);
});
