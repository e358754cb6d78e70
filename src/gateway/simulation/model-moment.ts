import type { Moment } from '../desk/events.ts';

const minuteMs = 60_000;

/** A moment whose text is made when something asks for it: most of what happens leaves no record. */
export class ModelMoment implements Moment {
  readonly elapsedMs: number;
  readonly #wallMs: number;
  #at: string | null = null;

  constructor(wallMs: number, elapsedMs: number) {
    this.#wallMs = wallMs;
    this.elapsedMs = elapsedMs;
  }

  get at(): string {
    this.#at ??= isoText(this.#wallMs);
    return this.#at;
  }
}

let known = { minute: -1, text: '' };

/** As `toISOString()` writes it; the minute is worked out once for all that happens in it. */
function isoText(epochMs: number): string {
  const minute = Math.floor(epochMs / minuteMs);
  if (minute !== known.minute) known = { minute, text: new Date(minute * minuteMs).toISOString().slice(0, 17) };
  const restMs = epochMs - minute * minuteMs;
  const seconds = Math.floor(restMs / 1_000);
  return `${known.text}${String(seconds).padStart(2, '0')}.${String(restMs - seconds * 1_000).padStart(3, '0')}Z`;
}
