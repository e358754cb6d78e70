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

/** A fraction as a percentage with its sign: 0.0068 is `+0.68%`. */
export function signedPercent(fraction: number, digits = 2): string {
  const value = (fraction * 100).toFixed(digits);
  if (Number(value) === 0) return `${Math.abs(Number(value)).toFixed(digits)}%`;
  return `${fraction > 0 ? '+' : '−'}${value.replace('-', '')}%`;
}

/** A number of at most two decimals, grouped. */
export function plain(value: number): string {
  return grouped(Math.round(value * 100) / 100);
}
