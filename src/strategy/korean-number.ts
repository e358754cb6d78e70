/** `71230.4` as `71,230.4`: rounded half away from zero to one decimal, which is left out when it is 0. */
export function decimalText(value: number): string {
  const tenths = Math.round(Math.abs(value) * 10);
  const grouped = inThousands(Math.trunc(tenths / 10));
  const sign = value < 0 && tenths !== 0 ? '-' : '';
  return tenths % 10 === 0 ? `${sign}${grouped}` : `${sign}${grouped}.${tenths % 10}`;
}

/** `71230` as `71,230원`. */
export function wonText(value: number): string {
  return `${decimalText(value)}원`;
}

/** A fraction as a percentage with at most one decimal: `0.0312` as `3.1%`. */
export function percentText(fraction: number): string {
  return `${decimalText(fraction * 100)}%`;
}

function inThousands(whole: number): string {
  if (!(whole >= 1_000 && whole <= Number.MAX_SAFE_INTEGER)) return String(whole);
  return `${inThousands(Math.trunc(whole / 1_000))},${String(whole % 1_000).padStart(3, '0')}`;
}
