import { denialSentences, unknownSentence } from './denial-sentences.ts';
import type { Denial } from './denial.ts';

type Language = 'ko' | 'en';

/**
 * Why an order did not go out: one sentence, with the number found and the number allowed where the rule has numbers.
 * A number that is not known is said to be unknown, never printed.
 */
export function denialText(denial: Denial, language: Language): string {
  const isKnown = Number.isFinite(denial.actual) && Number.isFinite(denial.limit);
  const sentence = denialSentences[denial.code];
  const template = isKnown ? sentence[language] : (sentence.unknown ?? unknownSentence)[language];
  return template
    .replace('{actual}', amount(denial.actual, denial.unit, language))
    .replace('{limit}', amount(denial.limit, denial.unit, language));
}

function amount(value: number, unit: Denial['unit'], language: Language): string {
  if (!Number.isFinite(value)) return language === 'ko' ? '알 수 없는 값' : 'an unknown value';
  if (unit === 'milliseconds') return duration(Math.abs(value), language);
  return number(value) + suffixes[unit][language](value);
}

/** At most two decimals, and only a ratio has any; the true minus sign as everywhere on our screens. */
function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 }).replace('-', '−');
}

const suffixes: Readonly<
  Record<Exclude<Denial['unit'], 'milliseconds'>, Readonly<Record<Language, (value: number) => string>>>
> = {
  won: { ko: () => '원', en: () => ' won' },
  shares: { ko: () => '주', en: (value) => (value === 1 ? ' share' : ' shares') },
  orders: { ko: () => '건', en: (value) => (value === 1 ? ' order' : ' orders') },
  percent: { ko: () => '%', en: () => '%' },
  ratio: { ko: () => '건', en: () => '' },
  none: { ko: () => '', en: () => '' },
};

/** Hours, minutes and seconds, exact to the millisecond: a limit missed by one must not read as kept. */
function duration(milliseconds: number, language: Language): string {
  const hours = Math.floor(milliseconds / 3_600_000);
  const minutes = Math.floor(milliseconds / 60_000) % 60;
  const seconds = (milliseconds % 60_000) / 1_000;
  const [hour, minute, second] = language === 'ko' ? ['시간', '분', '초'] : [' h', ' min', ' s'];
  const parts = [
    hours > 0 ? `${hours}${hour}` : '',
    minutes > 0 ? `${minutes}${minute}` : '',
    seconds > 0 || milliseconds === 0 ? `${seconds}${second}` : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}
