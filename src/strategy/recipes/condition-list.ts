import type { InstrumentId } from '#domain/instrument.ts';
import type { IndicatorBar } from '#indicators/definition.ts';
import { decimal, whole } from '#indicators/params.ts';
import type { AuthorContext } from '../author-context.ts';
import { defineStrategy, type StrategyBar } from '../define-strategy.ts';
import { percentText, wonText } from '../korean-number.ts';
import { expressionProgram } from '../rules/expression/expression-program.ts';
import { parseExpression } from '../rules/expression/parse-expression.ts';
import { resolveProgram, type ResolvedRules } from '../rules/resolve-program.ts';
import { RunningRules } from '../rules/running-rules.ts';
import { defineRecipe, type RecipeText } from './recipe.ts';

interface ListPlan {
  readonly positions: number;
  readonly weight: number;
  readonly hold_days: number;
  readonly stop_loss: number;
}

/** 조건검색: what an expression finds at the close is bought, the most traded first. */
export const conditionList = defineRecipe({
  id: 'condition-list',
  name: { ko: '조건검색 매수 목록', en: 'Condition screen to buy list' },
  description: {
    ko: '종가마다 조건식에 맞는 종목을 찾아 거래대금이 큰 순서로 최대 5종목까지 사요. 나가는 식이 맞거나, 종가가 평균보다 5% 낮거나, 20거래일이 지나면 팔아요. 조건식은 data screen과 같은 말로 적어요.',
    en: 'At each close it finds the symbols for which an expression holds and buys up to 5 of them, the most traded first. It sells when the exit expression holds, the close is 5 % below the average price, or after 20 sessions. Expressions are those of "data screen".',
  },
  risks: {
    ko: '지난 종목 목록으로 검증하면 살아남은 종목만 보게 돼요. 조건을 여러 번 고쳐 맞추면 지난 봉에만 맞는 식이 돼요. 같은 날 여러 종목이 함께 내릴 수 있어요.',
    en: "Backtests over today's list of symbols see survivors only. An expression that was changed until it fitted fits the past alone. Symbols that meet one condition tend to fall on the same day.",
  },
  params: {
    positions: whole(5, 1, 20),
    weight: decimal(0.08, 0.01, 1, 0.01),
    hold_days: whole(20, 1, 250),
    stop_loss: decimal(0.05, 0.005, 0.9, 0.005),
  },
  texts: {
    entry: { default: 'cross_above(sma(close,5), sma(close,20)) and rsi(14) < 70', lengthMax: 4_096 },
    exit: { default: 'cross_below(sma(close,5), sma(close,20))', lengthMax: 4_096 },
  },
  symbols: ['005930', '000660', '005380', '035420'],
  problem: ({ entry, exit }) => problemOf('entry', entry) ?? problemOf('exit', exit),
  build: ({ name, symbols }, plan, { entry, exit }) => {
    const [entryRules, exitRules] = [rulesOf(entry), rulesOf(exit)];
    const watches = new Map<InstrumentId, Watch>();
    const strategy = defineStrategy({
      name,
      instruments: symbols,
      interval: '1d',
      warmUpBars: Math.max(entryRules.warmUpBars, exitRules.warmUpBars) + 1,
      onBar: (_context, bar) => {
        if (bar.volume === 0) return;
        const watch = watches.get(bar.instrument) ?? startWatch(entryRules, exitRules);
        watches.set(bar.instrument, watch);
        watch.entry.next(asIndicatorBar(bar));
        watch.exit.next(asIndicatorBar(bar));
      },
      onClose: (context, date) => {
        const traded = strategy.instruments.filter((instrument) => context.lastBar(instrument)?.date === date);
        leave(context, traded, { plan, watches });
        enter(context, traded, { plan, watches, entry });
      },
    });
    return strategy;
  },
});

interface Watch {
  readonly entry: RunningRules;
  readonly exit: RunningRules;
  /** Closes at which it was held; begins anew after a restart. */
  daysHeld: number;
}

function startWatch(entry: ResolvedRules, exit: ResolvedRules): Watch {
  return { entry: new RunningRules(entry), exit: new RunningRules(exit), daysHeld: 0 };
}

interface Buying {
  readonly plan: ListPlan;
  readonly watches: ReadonlyMap<InstrumentId, Watch>;
}

function leave(context: AuthorContext, traded: readonly InstrumentId[], { plan, watches }: Buying): void {
  for (const instrument of traded) {
    const [held, watch] = [context.position(instrument), watches.get(instrument)];
    if (held === null || watch === undefined) {
      if (watch !== undefined) watch.daysHeld = 0;
      continue;
    }
    watch.daysHeld += 1;
    const change = (context.lastBar(instrument)?.close ?? NaN) / held.averagePrice - 1;
    const reason =
      change <= -plan.stop_loss
        ? `손절: 평균에서 ${percentText(change)}.`
        : watch.exit.entry
          ? '나가는 조건이 맞았어요.'
          : watch.daysHeld >= plan.hold_days
            ? `${watch.daysHeld}거래일이 지났어요.`
            : null;
    if (reason !== null && !context.hasOpenOrder(instrument)) context.sell(instrument, held.quantity, reason);
  }
}

function enter(
  context: AuthorContext,
  traded: readonly InstrumentId[],
  { plan, watches, entry }: Buying & { readonly entry: string },
): void {
  const found = traded
    .filter((instrument) => watches.get(instrument)?.entry.entry === true && context.shares(instrument) === 0)
    .filter((instrument) => !context.hasOpenOrder(instrument))
    .toSorted((a, b) => tradedValue(context, b) - tradedValue(context, a));
  let room = plan.positions - context.positionCount;
  for (const instrument of found) {
    const value = wonText(tradedValue(context, instrument));
    if (room <= 0) {
      context.log(instrument, `skip:max-position 조건에 맞지만 이미 ${plan.positions}종목이에요. 거래대금 ${value}.`);
      continue;
    }
    const shares = context.sharesFor(instrument, context.equity * plan.weight);
    const reason = `조건: ${entry.slice(0, 120)} · 거래대금 ${value}.`;
    if (context.buy(instrument, shares, reason) !== null) room -= 1;
  }
}

function tradedValue(context: AuthorContext, instrument: InstrumentId): number {
  const bar = context.lastBar(instrument);
  return bar === null ? 0 : bar.close * bar.volume;
}

function problemOf(setting: string, text: string): RecipeText | null {
  const parsed = parseExpression(text);
  if (parsed.kind === 'problem') {
    const { column, ko, en } = parsed.problem;
    return { ko: `${setting} ${column}번째 글자: ${ko}`, en: `${setting}, character ${column}: ${en}` };
  }
  const resolved = resolveProgram(expressionProgram(parsed.expression));
  if (resolved.kind === 'rules') return null;
  const { where, found, wanted } = resolved.problem;
  return { ko: `${setting}의 ${where}: ${found} (${wanted})`, en: `${setting}, ${where}: ${found}, wanted ${wanted}` };
}

/** @throws {RangeError} a text that `problem` refuses */
function rulesOf(text: string): ResolvedRules {
  const parsed = parseExpression(text);
  if (parsed.kind === 'problem') throw new RangeError(parsed.problem.en);
  const resolved = resolveProgram(expressionProgram(parsed.expression));
  if (resolved.kind === 'problem') throw new RangeError(resolved.problem.wanted);
  return resolved.rules;
}

function asIndicatorBar({ open, high, low, close, volume }: StrategyBar): IndicatorBar {
  return { open, high, low, close, volume, benchmark: NaN };
}
