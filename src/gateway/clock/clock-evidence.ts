/** What is known of how far our wall clock is ahead of the true time: somewhere from `fromMs` to `toMs`. */
interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Seconds of true time that a `Date` header stands for: it is cut off to whole ones. */
const stampMs = 1_000;

/**
 * Narrows down the error of the wall clock from what others say of the time (INV-42). A stamp of whole seconds bounds the
 * error by a second and the time on the way; several of them bound it much closer, as long as the clock was not set in
 * between. Evidence that contradicts all before it means that the clock was set: it counts alone then.
 */
export class ClockEvidence {
  #span: Span | null = null;
  /** Wall less elapsed time when the span was true. */
  #offsetMs = 0;

  /**
   * How far the clock is ahead (positive) or behind, at the least, in milliseconds; null before any evidence.
   *
   * @param offsetMs wall clock less time that really passed, now: a clock that is set, or a suspend, moves it
   */
  errorMs(offsetMs: number): number | null {
    if (this.#span === null) return null;
    const movedMs = offsetMs - this.#offsetMs;
    const [fromMs, toMs] = [this.#span.fromMs + movedMs, this.#span.toMs + movedMs];
    if (fromMs <= 0 && toMs >= 0) return 0;
    return fromMs > 0 ? fromMs : toMs;
  }

  /** A server wrote `dateMs` between sending and answer, both by our wall clock. */
  server(dateMs: number, wall: { readonly sentMs: number; readonly answeredMs: number }, offsetMs: number): void {
    this.#add({ fromMs: wall.sentMs - dateMs - stampMs, toMs: wall.answeredMs - dateMs }, offsetMs);
  }

  /** The market printed `atMs` and it came in at `wallMs`: prints come late and never early, so they bound one side. */
  print(atMs: number, wallMs: number, offsetMs: number): void {
    if (this.#span !== null) this.#add({ fromMs: -Infinity, toMs: wallMs - atMs }, offsetMs);
  }

  #add(span: Span, offsetMs: number): void {
    const movedMs = offsetMs - this.#offsetMs;
    const before = this.#span;
    this.#offsetMs = offsetMs;
    if (before === null) {
      this.#span = span;
      return;
    }
    const fromMs = Math.max(span.fromMs, before.fromMs + movedMs);
    const toMs = Math.min(span.toMs, before.toMs + movedMs);
    if (fromMs <= toMs) this.#span = { fromMs, toMs };
    else if (Number.isFinite(span.fromMs)) this.#span = span;
    else this.#span = { fromMs: span.toMs - stampMs, toMs: span.toMs };
  }
}
