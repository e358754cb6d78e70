import type { LimitProfile } from '#backtest/limit-profile.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { dateNumber } from '#domain/trading-date.ts';
import { say } from '#link/language.ts';

/**
 * Codes between commas, each once, `0007c0` as `0007C0`; null when the option is left out.
 *
 * @throws {FixConfiguration} `cli.option`
 */
export function symbolsOf(text: string | undefined): readonly string[] | null {
  if (text === undefined) return null;
  const written = text.split(',').map((symbol) => symbol.trim());
  const wrong = written.find((symbol) => !/^[0-9][0-9A-Z]{5}$/i.test(symbol));
  if (wrong === undefined) return [...new Set(written.map((symbol) => symbol.toUpperCase()))];
  const wanted = say(
    '005930 같은 여섯 자리 코드("snowball data instruments 이름"이 찾아 줘요)',
    'six-character codes such as 005930; "snowball data instruments NAME" finds them',
  );
  throw wrongOption('--symbols', wrong, wanted);
}

/**
 * The codes that a run is over: those asked for, or the strategy's own.
 *
 * @throws {FixConfiguration} `cli.option` when there are none
 */
export function someSymbols(symbols: readonly string[]): readonly string[] {
  if (symbols.length > 0) return symbols;
  throw new FixConfiguration(
    'cli.option',
    say(
      '전략에 종목이 적혀 있지 않아요. --symbols 005930처럼 종목코드를 하나 이상 적어 주세요.',
      'Cannot run: the strategy names no stock, wanted one code or more. Name them with --symbols, such as --symbols 005930.',
    ),
  );
}

/**
 * A day as yyyymmdd, written as any file may write one: `20100104`, `2010-01-04`, `2010.01.04` (as our own tables do) or
 * `2010/01/04`; null when the option is left out.
 *
 * @throws {FixConfiguration} `cli.option`
 */
export function dayOf(option: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const [, year, , month, day] = /^(\d{4})([-./]?)(\d{2})\2(\d{2})$/.exec(text) ?? [];
  try {
    return dateNumber(Temporal.PlainDate.from(`${year}-${month}-${day}`));
  } catch (cause) {
    throw wrongOption(option, text, say('2010-01-04 꼴의 날짜', 'a day such as 2010-01-04'), cause);
  }
}

/** Whole won, 1 to 10^12, as `10000000` or `10,000,000`. @throws {FixConfiguration} `cli.option` */
export function cashOf(text: string): number {
  const isWritten = /^(?:\d+|\d{1,3}(?:,\d{3})+)$/.test(text);
  const cash = Number(text.replaceAll(',', ''));
  if (isWritten && cash >= 1 && cash <= 1_000_000_000_000) return cash;
  const wanted = say('1에서 1,000,000,000,000 사이의 정수', 'whole won from 1 to 1,000,000,000,000');
  throw wrongOption('--cash', text, wanted);
}

/** @throws {FixConfiguration} `cli.option` */
export function profileOf(text: string): LimitProfile {
  if (text === 'starter' || text === 'standard') return text;
  throw wrongOption('--profile', text, 'starter | standard');
}

/** The sentence for a value that an option cannot take. */
export function wrongOption(option: string, found: string, wanted: string, cause?: unknown): FixConfiguration {
  const shown = found.slice(0, 60);
  return new FixConfiguration(
    'cli.option',
    say(
      `${option} 값을 쓸 수 없어요: "${shown}". ${wanted}로 적어 주세요.`,
      `Cannot use ${option} "${shown}": wanted ${wanted}.`,
    ),
    { cause },
  );
}

/** A repeatable option's values, in order. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
