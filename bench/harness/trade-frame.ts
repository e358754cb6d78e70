/**
 * One frame of 1 to 20 trades of one stock, seconds and ticks apart as KIS puts them together, with fields as long as on a
 * trading day; the same every time.
 */
export function tradeFrame(index: number): Buffer {
  let seed = index + 1;
  const random = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const digits = (most: number): string => String(Math.floor(10 ** (random() * most)));
  const count = 1 + Math.floor(random() * 20);
  const symbol = String(Math.floor(random() * 1_000_000)).padStart(6, '0');
  const base = 1_000 + Math.floor(random() * 300_000);
  const [high, low] = [base + 1_500, Math.max(1, base - 1_500)];
  let second = 32_400 + Math.floor(random() * 23_000);
  let ofDay = 10_000 + Number(digits(8));
  const records = Array.from({ length: count }, () => {
    second += random() < 0.1 ? 1 : 0;
    const price = Math.max(low, Math.min(high, base + Math.floor(random() * 1_000 - 500)));
    const [change, volume] = [price - base, digits(4)];
    ofDay += Number(volume);
    return (
      `${symbol}^${clock(second)}^${price}^5^${change}^-0.14^${price}.83^${base}^${high}^${low}^${price + 100}^${price}^${volume}^` +
      `${ofDay}^${digits(12)}^${digits(5)}^${digits(5)}^${change}^84.90^${digits(7)}^${digits(7)}^1^0.39^20.28^090020^5^-200^` +
      `090820^5^-500^092619^2^200^20260914^20^N^${digits(6)}^${digits(6)}^${digits(7)}^${digits(7)}^0.05^${digits(7)}^125.92^0^^` +
      `${base}^2`
    );
  });
  return Buffer.from(`0|H0STCNT0|${String(count).padStart(3, '0')}|${records.join('^')}`);
}

/** `hhmmss`. */
function clock(second: number): string {
  const parts = [Math.floor(second / 3_600), Math.floor(second / 60) % 60, second % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join('');
}
