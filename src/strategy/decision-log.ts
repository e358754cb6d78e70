import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';

/** What a strategy did, or said, while it was shown a bar. */
export type Decision =
  | {
      readonly kind: 'submit';
      readonly instrument: InstrumentId;
      readonly side: OrderSide;
      readonly quantity: number;
      readonly price: number;
      readonly reason: string;
      /** The words of `orderTerms()` for anything but a limit order for the day. */
      readonly terms?: string;
    }
  | { readonly kind: 'cancel'; readonly instrument: InstrumentId; readonly side: OrderSide }
  /** A `context.log` call: `code sentence`, such as `exit:stop 손절: …` or `skip:max-position …`. */
  | { readonly kind: 'note'; readonly instrument: InstrumentId; readonly message: string };

/**
 * The canonical line of one decision, without a line break.
 *
 * Backtest, paper and live write the same text for the same bars, so that the SHA-256 over all lines, each ended by `\n`,
 * proves that they agree. It therefore names the bar and not the moment, and holds no request id, which differs by run.
 *
 * @param barStartsAtMs start of the bar that `onBar` was showing, or of the last one shown, in epoch milliseconds
 */
export function decisionLine(barStartsAtMs: number, decision: Decision): string {
  const head = `${startOf(barStartsAtMs)} ${symbolOf(decision.instrument)}`;
  if (decision.kind === 'note') return `${head} note ${oneLine(decision.message)}`;
  if (decision.kind === 'cancel') return `${head} cancel ${decision.side}`;
  const { side, quantity, price, reason, terms } = decision;
  const said = terms === undefined ? '' : ` ${terms}`;
  return `${head} submit ${side} ${quantity} @ ${price}${said} ${oneLine(reason)}`;
}

/** The text of the bar asked for last: a bar usually has several lines. It says itself which moment is its own. */
let latest = { ms: 0, text: '1970-01-01T00:00:00Z' };

function startOf(ms: number): string {
  if (latest.ms !== ms) latest = { ms, text: instantText(ms) };
  return latest.text;
}

/** As `Temporal.Instant` writes it. Bars begin on whole seconds of years with four digits, which are put together sooner. */
function instantText(ms: number): string {
  const at = new Date(ms);
  const year = at.getUTCFullYear();
  if (ms % 1_000 !== 0 || !(year >= 1_000 && year <= 9_999))
    return Temporal.Instant.fromEpochMilliseconds(ms).toString();
  const day = `${year}-${twoDigits(at.getUTCMonth() + 1)}-${twoDigits(at.getUTCDate())}`;
  return `${day}T${twoDigits(at.getUTCHours())}:${twoDigits(at.getUTCMinutes())}:${twoDigits(at.getUTCSeconds())}Z`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** The sentence of a note for a person, without its machine code; the whole message when it has none. */
export function noteSentence(message: string): string {
  const match = /^[a-z]+:[a-z-]+ (.+)$/s.exec(message);
  return match?.[1] ?? message;
}

/** Whitespace that is not a single space between words. */
const uneven = /^\s|\s$|\s\s|[^\S ]/;

/** Nearly every sentence is one line already. */
function oneLine(text: string): string {
  if (!uneven.test(text)) return text;
  return text.replace(/\s+/g, ' ').trim();
}
