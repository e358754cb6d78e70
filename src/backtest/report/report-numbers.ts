/** `1,234,567`; the minus sign is U+2212. Rounded half away from zero to whole numbers; `–` for what is not known. */
export function wholeText(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.round(Math.abs(value)).toString();
  return value < 0 && digits !== '0' ? `−${grouped(digits)}` : grouped(digits);
}

/** A fraction as a percentage with a sign: `+7.60%`, `−6.33%`, `+6,443.70%`, `0.00%`; `–` for null. */
export function changeText(fraction: number | null, digits = 2): string {
  if (fraction === null) return '–';
  const text = (Math.abs(fraction) * 100).toFixed(digits);
  if (Number(text) === 0) return `${text}%`;
  return `${fraction < 0 ? '−' : '+'}${grouped(text)}%`;
}

/** Commas in front of each three digits of the whole part. */
function grouped(text: string): string {
  return text.replace(/\B(?=(?:\d{3})+(?!\d))(?<!\..*)/g, ',');
}

/** `1,234.50`: a plain number with a fixed count of decimals; `–` for null. */
export function figureText(value: number | null, digits = 2): string {
  if (value === null) return '–';
  const text = value.toFixed(digits);
  // What rounds to nothing has no sign.
  return grouped(Number(text) === 0 ? text.replace('-', '') : text).replace('-', '−');
}

/** yyyymmdd as `23.12.22`, or `2023.12.22` in full. */
export function dayText(date: number, isFull = false): string {
  const digits = String(date).padStart(8, '0');
  const year = isFull ? digits.slice(0, 4) : digits.slice(2, 4);
  return `${year}.${digits.slice(4, 6)}.${digits.slice(6)}`;
}

/** The class that colours a change: rise, fall, or neither. */
export function changeClass(value: number): 'up' | 'down' | 'flat' {
  if (value === 0) return 'flat';
  return value > 0 ? 'up' : 'down';
}
