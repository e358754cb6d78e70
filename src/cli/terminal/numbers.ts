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

/** `0.546`, `−7.703`: a fixed number of decimals with the minus sign U+2212. */
export function fixedText(value: number, decimals: number): string {
  return value.toFixed(decimals).replace('-', '−');
}

/** `1 session`, `62 sessions`: for English sentences alone. */
export function counted(count: number, noun: string): string {
  return `${numberText(count)} ${noun}${count === 1 ? '' : 's'}`;
}
