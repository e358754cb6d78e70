const mask = '[secret]';

/** Names of headers and fields whose values are never printed, whatever they hold. */
const secretNames = [
  'authorization',
  'appkey',
  'appsecret',
  'secretkey',
  'access_token',
  'refresh_token',
  'token',
  'approval_key',
  'hashkey',
  'personalseckey',
  'password',
  'cano',
  'acnt_no',
  'account',
  'iv',
  'key',
];

const namedValue = new RegExp(
  String.raw`(["']?\b(?:${secretNames.join('|')})["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"|'[^']*'|(?:Bearer\s+)?[^\s,;&"'}\]]+)`,
  'gi',
);
const bearer = /\bBearer\s+[\w.~+/-]+=*/gi;
const jsonWebToken = /\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g;
/** An account number as brokers print it: eight digits, a dash, two digits. */
const accountNumber = /\b\d{8}-\d{2}\b/g;

/**
 * The same text with nothing in it that may not be printed: named fields, bearer tokens, JSON web tokens, account
 * numbers, and every value of `known`. Cost grows with the length of the text; give it lines, not files.
 *
 * @param known values to mask wherever they stand; shorter than four characters are left alone
 */
export function redact(text: string, known: readonly string[] = []): string {
  let safe = text;
  for (const value of known) if (value.length >= 4) safe = safe.replaceAll(value, mask);
  return safe
    .replace(namedValue, (_whole, name: string, value: string) => `${name}${quoteOf(value)}${mask}${quoteOf(value)}`)
    .replace(bearer, `Bearer ${mask}`)
    .replace(jsonWebToken, mask)
    .replace(accountNumber, mask);
}

function quoteOf(value: string): string {
  const [first = ''] = value;
  return first === '"' || first === "'" ? first : '';
}
