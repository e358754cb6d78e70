/** 1234567 as `1,234,567`; a minus is U+2212, as wide as the plus. */
export function grouped(value: number): string {
  return Math.abs(value)
    .toLocaleString('en-US')
    .replace(/^/, value < 0 ? '−' : '');
}

/** With its sign: `+84,297`, `−5,200`, `0`. */
export function signed(value: number): string {
  return value > 0 ? `+${grouped(value)}` : grouped(value);
}

/** A fraction as a percentage with its sign: 0.0068 is `+0.68%`, 64.437 is `+6,443.70%`. */
export function signedPercent(fraction: number, digits = 2): string {
  const value = (fraction * 100).toFixed(digits);
  if (Number(value) === 0) return `${Math.abs(Number(value)).toFixed(digits)}%`;
  const [whole = '', rest] = value.replace('-', '').split('.');
  return `${fraction > 0 ? '+' : '−'}${grouped(Number(whole))}${rest === undefined ? '' : `.${rest}`}%`;
}

/** A number of at most two decimals, grouped. */
export function plain(value: number): string {
  return grouped(Math.round(value * 100) / 100);
}
