import { say } from '#link/language.ts';

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `12,482,297원`; the minus sign is U+2212, as everywhere a person reads. */
export function wonText(amount: number): string {
  return `${numberText(amount)}${say('원', ' won')}`;
}

/** Thousands separated, no fraction; `–` for what is not known. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return grouped.format(value).replace('-', '−');
}
