/** `KR7`, the listing code, `00` and the check digit of ISO 6166: letters as two digits, every second from the right doubled. */
export function isinOf(symbol: string): string {
  const body = `KR7${symbol}00`;
  const digits = Array.from(body, (letter) => String(Number.parseInt(letter, 36))).join('');
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits.at(-1 - index));
    const weighted = index % 2 === 0 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return `${body}${(10 - (sum % 10)) % 10}`;
}
