import { reasonIn } from '#backtest/report/reason-in.ts';
import type { BarExplanation } from '#backtest/explain.ts';
import { denialName } from '#backtest/report/denial-names.ts';
import { daysOfLog } from '#backtest/report/log-days.ts';
import { dayText } from '#backtest/report/report-numbers.ts';
import { scriptTexts, type ScriptTexts } from '#backtest/report/script-texts.ts';
import type { BacktestOrder } from '#backtest/result.ts';
import type { Bar, BarInterval } from '#domain/bar.ts';
import { seoulTime } from '#domain/trading-date.ts';
import { say, terminalLanguage } from '#link/language.ts';
import type { StrategyCheck } from '#strategy/strategy.ts';
import { numberText } from '../terminal/numbers.ts';

/** An explanation of a bar that the strategy was shown. */
export type ToldBar = BarExplanation & { readonly bar: Bar };

/** Why it bought, or did not, at one bar, as a person at a terminal reads it. */
export function whyText(told: ToldBar, name: string, interval: BarInterval): string {
  const texts = scriptTexts[terminalLanguage()];
  const position = positionOf(told);
  const blocks = [
    [
      `${titleOf(told, position, texts)} · ${name}(${told.symbol}) · ${momentText(told.bar, interval)}`,
      barLine(told.bar),
    ],
    [...tradeLines(told, texts), ...heldLines(position, texts)],
    ...checkBlocks(told, texts),
    valueLines(told, texts),
    [...noteLines(told), ...told.orders.flatMap((order) => orderLines(order, texts, interval))],
    quietLines(told, position, texts),
  ];
  const kept = blocks.filter((block) => block.length > 0).map((block) => block.join('\n'));
  return `${kept.join('\n\n')}\n`;
}

/** Shares and their average price as the strategy was told; null where it held nothing, undefined where it did not ask. */
type ToldPosition = { readonly quantity: number; readonly average: number } | null | undefined;

function positionOf({ symbol, readings }: BarExplanation): ToldPosition {
  const asked = readings.find(({ question }) => question === `position(${symbol})`);
  if (asked === undefined) return undefined;
  const [, quantity, average] = /^(\d+) @ ([\d.]+)$/.exec(asked.answer) ?? [];
  return quantity === undefined ? null : { quantity: Number(quantity), average: Number(average) };
}

/** The order that was asked for counts first, then whether something was held that could have been sold. */
function titleOf({ orders }: BarExplanation, position: ToldPosition, texts: ScriptTexts): string {
  const side = orders.some((order) => order.side === 'sell') ? 'sell' : orders.length > 0 ? 'buy' : null;
  const isSent = orders.some((order) => order.side === side && order.denials.length === 0);
  if (side === 'sell' || (side === null && position)) return isSent ? texts.whySell : texts.whyNotSell;
  return isSent ? texts.whyBuy : texts.whyNotBuy;
}

function momentText({ date, startsAtMs }: Bar, interval: BarInterval): string {
  if (interval === '1d') return dayText(date, true);
  const time = seoulTime(Temporal.Instant.fromEpochMilliseconds(startsAtMs));
  return `${dayText(date, true)} ${time.toString({ smallestUnit: 'minute' })}`;
}

function barLine({ open, high, low, close, volume }: Bar): string {
  const [first, top, bottom, last, shares] = [open, high, low, close, volume].map((value) => numberText(value));
  return say(
    `시가 ${first}원, 고가 ${top}원, 저가 ${bottom}원, 종가 ${last}원, 거래량 ${shares}주`,
    `open ${first}, high ${top}, low ${bottom}, close ${last} won, volume ${shares}`,
  );
}

function tradeLines({ trades }: BarExplanation, texts: ScriptTexts): readonly string[] {
  return trades.map(({ side, quantity, price, profit }) => {
    const done = filled(side === 'buy' ? texts.bought : texts.sold, numberText(quantity), numberText(price));
    return side === 'buy' ? done : `${done} ${filled(texts.profit, `${profit > 0 ? '+' : ''}${numberText(profit)}`)}`;
  });
}

function heldLines(position: ToldPosition, texts: ScriptTexts): readonly string[] {
  if (position === undefined) return [];
  if (position === null) return [texts.flat];
  return [filled(texts.held, numberText(position.quantity), numberText(Math.round(position.average)))];
}

/** One block a rule, conditions with ✓ or ✕ and the values of both sides. */
function checkBlocks({ checks }: BarExplanation, texts: ScriptTexts): readonly (readonly string[])[] {
  const language = terminalLanguage();
  const groups = Map.groupBy(checks, ({ side, rule }) => {
    return `${side === 'buy' ? texts.buyRule : texts.sellRule} · ${rule[language]}`;
  });
  return [...groups].map(([heading, group]) => [heading, ...group.map((check) => checkLine(check))]);
}

function checkLine({ text, left, right, holds }: StrategyCheck): string {
  const values = [left, right].filter(({ name }) => name !== null).map(({ value }) => readingText(value));
  return `  ${holds ? '✓' : '✕'} ${text[terminalLanguage()]}  (${values.join(' · ')})`;
}

/** Where conditions tell the values already, they are not told again. */
function valueLines({ values, checks }: BarExplanation, texts: ScriptTexts): readonly string[] {
  if (values.length === 0 || checks.length > 0) return [];
  return [texts.looked, ...values.map(({ name, value }) => `  ${name} ${readingText(value)}`)];
}

function noteLines({ lines, orders }: BarExplanation): readonly string[] {
  return daysOfLog(lines)
    .map(({ text }) => text)
    .filter((text) => !orders.some(({ reason }) => reason.startsWith(text)))
    .map((text) => reasonIn(text, terminalLanguage()));
}

function orderLines(
  { side, quantity, price, reason, denials, state }: BacktestOrder,
  texts: ScriptTexts,
  interval: BarInterval,
): readonly string[] {
  const asked = filled(side === 'buy' ? texts.askedBuy : texts.askedSell, numberText(quantity), numberText(price));
  const refusals = denials.map(({ code, actual, limit }) =>
    filled(texts.denied, denialName(code, terminalLanguage()), numberText(actual), numberText(limit)),
  );
  const fate = denials.length === 0 ? fateText(state, texts, interval) : undefined;
  return [reasonIn(reason, terminalLanguage()), asked, ...refusals, ...(fate === undefined ? [] : [fate])];
}

function quietLines(told: BarExplanation, position: ToldPosition, texts: ScriptTexts): readonly string[] {
  if (told.isWarmUp) return [texts.waiting];
  if (told.orders.length > 0 || noteLines(told).length > 0) return [];
  if (position) {
    return [
      say(
        '판단 기록이 없어요. 팔 이유가 없어 그대로 들고 있었어요.',
        'Nothing was written down: there was no reason to sell.',
      ),
    ];
  }
  return [
    say('판단 기록이 없어요. 살 이유를 찾지 못한 봉이에요.', 'Nothing was written down: it found no reason to buy.'),
  ];
}

/** Undefined for a state that has no sentence. Orders of minute bars wait until their day ends. */
function fateText(state: string, texts: ScriptTexts, interval: BarInterval): string | undefined {
  if (interval === '1d') return texts.states[state];
  if (state === 'filled') return say('그날 안에 체결됐어요.', 'It filled within that day.');
  if (state === 'partially-filled') return say('그날 안에 일부만 체결됐어요.', 'Part of it filled within that day.');
  return texts.states[state];
}

function readingText(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return Math.abs(value) >= 1_000 ? numberText(Math.round(value)) : String(Number(value.toFixed(2)));
}

/** `{0}`, `{1}` … of a text. */
function filled(text: string, ...values: readonly string[]): string {
  return text.replaceAll(/\{(\d)\}/g, (_, place) => values[Number(place)] ?? '');
}
