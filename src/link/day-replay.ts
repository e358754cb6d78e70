import { z } from 'zod';

/**
 * Replay of a recorded day: the command line starts `src/runner/replay-command.ts`, writes one `DayReplayRequest` as a line
 * of JSON, and reads one line for each strategy that has a decision log or a recording of that day, then `done` or `failed`.
 */
export const dayReplayRequest = z.strictObject({
  /** Folder of the environment's data, absolute. */
  home: z.string().min(1),
  /** `snowball.yaml`, absolute. */
  config: z.string().min(1),
  /** The day whose bars were decided upon, yyyymmdd. */
  date: z.int(),
  /** One strategy by its name; all when null. */
  strategy: z.string().nullable(),
});

export type DayReplayRequest = z.infer<typeof dayReplayRequest>;

const side = z.string().nullable();

/** How one strategy's day compares with its replay. */
export const replayedStrategy = z.strictObject({
  kind: z.literal('strategy'),
  strategy: z.string(),
  /** SHA-256 of the decision log as it stands in its file. */
  sha256: z.string(),
  /** Lines of it. */
  lines: z.int(),
  /** Bars that the strategy was shown, and orders that left it. */
  bars: z.int(),
  orders: z.int(),
  /** The first line that differs, counted from 1; a side is null where its log has ended. */
  difference: z.strictObject({ line: z.int(), recorded: side, replayed: side }).nullable(),
  /** Orders whose terms differ from those that the gateway recorded, by request id; at most 20 of them. */
  otherOrders: z.array(z.string()),
  /** Its file or its entry in `snowball.yaml` is not what it was on that day. */
  isChanged: z.boolean(),
  /** Why the strategy stopped in the replay alone; null when it did not. */
  failure: z.string().nullable(),
  /**
   * The same day in the ordinary backtest, which knows the bars alone and fills by its own rules; null where it does not
   * apply: a strategy file, a day begun with holdings, or more than one run.
   */
  byBarsAlone: z.strictObject({ difference: z.int().nullable() }).nullable(),
});

export type ReplayedStrategy = z.infer<typeof replayedStrategy>;

export const dayReplayNews = z.discriminatedUnion('kind', [
  replayedStrategy,
  /** It cannot be replayed, and why: a code of `docs/errors.md` and a sentence. */
  z.strictObject({ kind: z.literal('unreplayed'), strategy: z.string(), code: z.string(), message: z.string() }),
  z.strictObject({ kind: z.literal('failed'), code: z.string().nullable(), message: z.string() }),
  z.strictObject({ kind: z.literal('done') }),
]);

export type DayReplayNews = z.infer<typeof dayReplayNews>;
