import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { instrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft, StrategyContext } from '#strategy/strategy.ts';
import { CodeBrain } from '#runner/sandbox/code-brain.ts';
import type { Isolation } from '#runner/sandbox/isolation-grade.ts';

/** The one instrument that a trial may trade. */
export const instrument = instrumentId('005930');

/** A strategy that does `body` on each bar, with `setup` outside. */
export function strategyThat(body: string, setup = ''): string {
  return `import { defineStrategy } from '#strategy/define-strategy.ts';
${setup}
export const strategy = defineStrategy({
  name: 'probe', instruments: ['005930'], interval: '1m', warmUpBars: 0,
  onBar(context, bar) { ${body} },
});
`;
}

/** A strategy that runs in its sandbox, and what it said and did so far. */
export interface StrategyTrial {
  readonly brain: CodeBrain;
  readonly folder: string;
  readonly started: Promise<unknown>;
  readonly ended: Promise<void>;
  readonly lines: string[];
  readonly drafts: OrderDraft[];
  /** What was said of the strategy to its author. */
  readonly remarks: string[];
  reason: string | null;
  answered(): Promise<void>;
  pid(): number | null;
}

let trials = 0;

/** Starts the strategy in `source`, or in `file` where there is none, below `home`. */
export function startTrial(
  home: string,
  source: string | null,
  options: { file?: string; startMs?: number; answerMs?: number; isolation?: Isolation } = {},
): StrategyTrial {
  const name = `trial-${(trials += 1)}`;
  const file = options.file ?? join(home, `${name}.ts`);
  if (source !== null) writeFileSync(file, source);
  const ended = Promise.withResolvers<void>();
  let answered = Promise.withResolvers<void>();
  const lines: string[] = [];
  const drafts: OrderDraft[] = [];
  const remarks: string[] = [];
  const brain = new CodeBrain({
    name: 'probe',
    file,
    folder: join(home, 'sandbox', name),
    isolation: options.isolation ?? { grade: 'C', missing: null, missingForB: null, launcher: () => [] },
    context: recordingContext(lines, drafts),
    instruments: [instrument],
    priceRules: () => null,
    answerMs: options.answerMs ?? 1_000,
    startMs: options.startMs ?? 10_000,
    onFailed: (reason) => {
      trial.reason = reason;
      answered.resolve();
      ended.resolve();
    },
    onShown: () => {
      // Nothing is recorded here.
    },
    onDeciding: () => {
      answered.resolve();
      answered = Promise.withResolvers();
    },
    onRemark: (sentence) => void remarks.push(sentence),
  });
  const trial: StrategyTrial = {
    brain,
    folder: join(home, 'sandbox', name),
    started: brain.start(),
    ended: ended.promise,
    lines,
    drafts,
    remarks,
    reason: null,
    answered: () => answered.promise,
    pid: () => brain.pid,
  };
  return trial;
}

function recordingContext(lines: string[], drafts: OrderDraft[]): StrategyContext {
  return {
    nowMs: 0,
    cash: won(1_000_000),
    equity: won(1_000_000),
    orderValueMax: won(1_000_000),
    positionCount: 0,
    position: () => null,
    hasOpenOrder: () => false,
    limitPrice: (_instrument, _side, lastPrice) => lastPrice,
    submit(draft) {
      drafts.push(draft);
      return `request-${drafts.length}`;
    },
    cancel: () => undefined,
    log: (_instrument, message) => void lines.push(message),
  };
}
