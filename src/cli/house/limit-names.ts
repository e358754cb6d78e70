import { limitWords } from '#link/limit-names.ts';
import type { Language } from '#link/language.ts';

const units = {
  won: { ko: '원', en: ' won' },
  orders: { ko: '건', en: ' orders' },
  stocks: { ko: '종목', en: ' stocks' },
  bps: { ko: ' bp', en: ' bp' },
  ms: { ko: ' ms', en: ' ms' },
  times: { ko: '배', en: '×' },
} as const;

/** The limit's name for a person; a name that is not known as it came. */
export function limitName(name: string, language: Language): string {
  return limitWords[name]?.[language] ?? name;
}

/** What is written behind its number; empty for a name that is not known. */
export function limitUnit(name: string, language: Language): string {
  const unit = limitWords[name]?.unit;
  return unit === undefined ? '' : units[unit][language];
}
