const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Whole numbers as text, a third of what JSON takes: of each the difference to the last known one, sign in the lowest
 * bit, in digits of five bits with a sixth that says that more follow (the VLQ of source maps); `.` for a missing one.
 */
export function packNumbers(values: readonly number[]): string {
  let [text, before] = ['', 0];
  for (const value of values) {
    if (!Number.isFinite(value)) {
      text += '.';
      continue;
    }
    const difference = value - before;
    before = value;
    let rest = Math.abs(difference) * 2 + (difference < 0 ? 1 : 0);
    for (; rest >= 32; rest = Math.floor(rest / 32)) text += digits[32 + (rest % 32)] ?? '';
    text += digits[rest] ?? '';
  }
  return text;
}
