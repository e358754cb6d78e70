import { existsSync } from 'node:fs';
import type { BarInterval } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { say } from '#link/language.ts';
import { openBarStore, type BarStore } from '#store/bar-store.ts';
import { barStoreFile } from './backtest-bars.ts';
import { numberText } from '../terminal/numbers.ts';

/** Uses the store of this installation and closes it; says on standard error when its file was brought up to date. */
export function withBarStore<Result>(use: (store: BarStore) => Result): Result {
  const store = openBarStore(barStoreFile());
  try {
    tellTakenOver(store.takenOver);
    return use(store);
  } finally {
    store.close();
  }
}

/** `withBarStore` for what only reads: null where there is no store yet, which reading does not make. */
export function withStoredBars<Result>(use: (store: BarStore) => Result): Result | null {
  return existsSync(barStoreFile()) ? withBarStore(use) : null;
}

/** The sentence for a symbol of which there is nothing. */
export function noStoredBars(symbol: string, interval: BarInterval = '1d'): FixConfiguration {
  const shown = symbol.slice(0, 20);
  const [korean, english] = interval === '1m' ? ['분봉', 'minute'] : ['일봉', 'daily'];
  return new FixConfiguration(
    'data.no-bars',
    say(
      `저장소에 "${shown}"의 ${korean}이 없어요. "snowball data list"로 있는 봉을 볼 수 있어요.`,
      `The store has no ${english} bars of "${shown}": "snowball data list" shows what it holds.`,
    ),
  );
}

export function isListingCode(symbol: string): boolean {
  return /^[0-9][0-9A-Z]{5}$/.test(symbol);
}

function tellTakenOver(series: number): void {
  if (series === 0) return;
  const count = numberText(series);
  const told = say(
    `일봉 저장소를 새 형식으로 옮겼어요: ${count}개 종목, 잃은 봉은 없어요. 이 안내는 한 번만 나와요.`,
    `The bar store was brought into its new format: ${count} series, no bar lost. This is said once.`,
  );
  process.stderr.write(`${told}\n`);
}
