import type { CheckView } from '#link/views.ts';
import type { Strings } from '../strings.ko.ts';
import { plain } from './number.ts';

/** A number of the guard with its unit: `1,000,000원`, `3%`, `5초`, `10건`. */
export function guardNumber(text: Strings, value: number | null, unit: string): string {
  if (value === null || Number.isNaN(value)) return '?';
  switch (unit) {
    case 'won':
      return text.money.won(value);
    case 'shares':
      return `${plain(value)}${text.unit.shares}`;
    case 'orders':
      return `${plain(value)}${text.unit.orders}`;
    case 'percent':
      return `${plain(value)}%`;
    case 'milliseconds':
      return milliseconds(text, value);
    case 'ratio':
      return plain(value);
    default:
      return `${plain(value)}${text.unit.items}`;
  }
}

function milliseconds({ unit }: Strings, value: number): string {
  if (value >= 60_000) return `${plain(value / 60_000)}${unit.minutes}`;
  return `${plain(value / 1_000)}${unit.seconds}`;
}

/** The sentence of a check that said no, with both numbers. */
export function deniedSentence(text: Strings, check: CheckView): string {
  const sentence = text.guard[check.code];
  if (sentence === undefined) return text.happened.denied;
  return sentence.denied(guardNumber(text, check.actual, check.unit), guardNumber(text, check.limit, check.unit));
}

/** The rule's name in tables; its code where we have no word for it. */
export function ruleName(text: Strings, code: string): string {
  return text.guard[code]?.name ?? code;
}
