import type { Bar, BarInterval } from '#domain/bar.ts';
import { RetryLater } from '#domain/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { isOpen } from '#domain/order-state.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { unrepeatableSentence, type UnrepeatableUse } from '#link/unrepeatable.ts';
import { withParticle } from '#strategy/korean-particle.ts';
import type { OrderDraft, OrderExits, OrderTrigger, OrderUpdate, StrategyContext } from '#strategy/strategy.ts';
import type { Brain, BrainEvents, Declaration } from '../brain.ts';
import type { Shown } from '../record/day-recorder.ts';
import type { Isolation } from './isolation-grade.ts';
import type { ParentMessage, PriceRules, Snapshot } from './parent-message.ts';
import type { ChildAction, ChildMessage } from './protocol.ts';
import { makeSandboxFolder, shareSandboxFolder } from './sandbox-folder.ts';
import { StrategyChild } from './strategy-child.ts';

export interface CodeBrainOptions extends BrainEvents {
  readonly name: string;
  readonly file: string;
  readonly folder: string;
  readonly isolation: Isolation;
  readonly context: StrategyContext;
  readonly instruments: readonly InstrumentId[];
  /** What `snowball.yaml` says; the file must say the same. Default 1m. */
  readonly interval?: BarInterval;
  /** Rules of today's prices, null while they are not known. */
  readonly priceRules: (instrument: InstrumentId) => PriceRules | null;
  /** Real milliseconds for an answer; default 5,000 (threat-model §5). */
  readonly answerMs?: number;
  /** Real milliseconds until it is loaded; default 10,000. */
  readonly startMs?: number;
}

interface Waiting {
  readonly shown: Shown;
  readonly message: DistributiveOmit<ParentMessage, 'event' | 'context'>;
}
type DistributiveOmit<Value, Key extends PropertyKey> = Value extends unknown ? Omit<Value, Key> : never;

/** Events that may wait for a slow child; the warm-up of twenty instruments fits. More means it is too slow to trade. */
const waitingMax = 12_000;
const answerMsDefault = 5_000;
const startMsDefault = 10_000;

/**
 * A code strategy in its sandbox. Events go to the child one at a time; each must be answered within five seconds or the
 * child is killed. What it asks for is done here, on the real context, after the schema and the list of instruments.
 */
export class CodeBrain implements Brain {
  readonly #options: CodeBrainOptions;
  readonly #waiting: Waiting[] = [];
  readonly #requestIds = new Map<string, string>();
  readonly #refs = new Map<string, string>();
  readonly #sentRules = new Map<InstrumentId, string>();
  readonly #remarked = new Set<string>();
  #child: StrategyChild | null = null;
  #event = 0;
  #barStartsAtMs = 0;
  #isWarmUp = false;
  #isBusy = false;
  #isOver = false;
  #alarm: NodeJS.Timeout | null = null;
  #started: { resolve(declared: Declaration): void; reject(error: Error): void } | null = null;

  constructor(options: CodeBrainOptions) {
    this.#options = options;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** @throws {FixConfiguration} `runner.strategy-file`; {RetryLater} `runner.strategy-start` when the child does not get ready */
  async start(): Promise<Declaration> {
    const { file, isolation } = this.#options;
    const { place } = isolation;
    const folder = place?.folder(this.#options.folder) ?? this.#options.folder;
    const entry = makeSandboxFolder(folder, file);
    if (place !== undefined) shareSandboxFolder(folder, place.gid);
    return new Promise((resolve, reject) => {
      this.#started = { resolve, reject };
      this.#setAlarm(this.#options.startMs ?? startMsDefault);
      this.#child = new StrategyChild({
        folder,
        entry,
        isolation,
        onMessage: (message) => this.#receive(message),
        onEnd: (reason) => this.#ended(reason),
      });
    });
  }

  bar(instrument: InstrumentId, bar: Bar, isWarmUp: boolean): void {
    const shown: Shown = { kind: 'bar', instrument, bar, isWarmUp };
    this.#push({ shown, message: shown });
  }

  close(date: number): void {
    const shown: Shown = { kind: 'close', date };
    this.#push({ shown, message: shown });
  }

  order(update: OrderUpdate): void {
    const ref = this.#refs.get(update.requestId) ?? update.requestId;
    const message = { kind: 'order', update: { ...update, requestId: ref } } as const;
    this.#push({ shown: { kind: 'order', update }, message });
    if (isOpen(update.state)) return;
    this.#refs.delete(update.requestId);
    this.#requestIds.delete(ref);
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    this.#clearAlarm();
    this.#waiting.length = 0;
    await this.#child?.stop();
  }

  #push(event: Waiting): void {
    if (this.#isOver) return;
    if (this.#waiting.length >= waitingMax) this.#child?.end('전략이 너무 느려서 따라오지 못해요.');
    else this.#waiting.push(event);
    this.#next();
  }

  #next(): void {
    if (this.#isBusy || this.#isOver || this.#started !== null) return;
    const event = this.#waiting.shift();
    if (event === undefined) return;
    this.#isBusy = true;
    this.#event += 1;
    const { shown, message } = event;
    this.#isWarmUp = shown.kind === 'bar' && shown.isWarmUp;
    if (shown.kind === 'bar') this.#barStartsAtMs = shown.bar.startsAtMs;
    this.#setAlarm(this.#options.answerMs ?? answerMsDefault);
    this.#options.onShown(shown);
    this.#child?.send({ ...message, event: this.#event, context: this.#snapshot() });
  }

  #receive(message: ChildMessage): void {
    switch (message.kind) {
      case 'ready':
        this.#ready(message);
        return;
      case 'done':
        this.#done(message.event, message.actions);
        this.#remark(message.unrepeatable ?? []);
        return;
      case 'failed':
        this.#child?.end(`전략에서 오류가 났어요. (${message.reason})`);
    }
  }

  #ready(message: Extract<ChildMessage, { kind: 'ready' }>): void {
    const started = this.#started;
    const { name, instruments, interval = '1m' } = this.#options;
    const declared = message.instruments as InstrumentId[];
    const isAllowed = declared.every((instrument) => instruments.includes(instrument));
    if (started === null || message.name !== name || message.interval !== interval || !isAllowed) {
      this.#child?.end(`전략 파일의 이름, 종목, 봉 간격이 설정과 달라요. ("${message.name}", ${message.interval})`);
      return;
    }
    this.#started = null;
    this.#clearAlarm();
    started.resolve({ instruments: declared, warmUpBars: message.warmUpBars });
    this.#next();
  }

  #done(event: number, actions: readonly ChildAction[]): void {
    if (!this.#isBusy || event !== this.#event) {
      this.#child?.end('전략이 묻지 않은 일에 답했어요.');
      return;
    }
    this.#clearAlarm();
    this.#isBusy = false;
    this.#options.onDeciding(this.#barStartsAtMs, this.#isWarmUp);
    for (const action of actions) this.#perform(action);
    this.#next();
  }

  /** Each name once, whatever a child says. */
  #remark(uses: readonly UnrepeatableUse[]): void {
    const news = uses.filter(({ name }) => !this.#remarked.has(name));
    if (news.length === 0 || this.#isOver) return;
    for (const { name } of news) this.#remarked.add(name);
    this.#options.onRemark?.(unrepeatableSentence(news, 'ko'));
  }

  #perform(action: ChildAction): void {
    const { context, instruments } = this.#options;
    if (this.#isOver) return;
    if (action.kind === 'cancel') {
      context.cancel(this.#requestIds.get(action.ref) ?? action.ref);
      return;
    }
    const instrument = instruments.find((allowed) => allowed === action.instrument);
    if (instrument === undefined) {
      this.#child?.end(`허용하지 않은 종목 ${withParticle(action.instrument, 'object')} 쓰려고 했어요.`);
      return;
    }
    if (action.kind === 'log') {
      context.log(instrument, action.message);
      return;
    }
    this.#submit(action, instrument);
  }

  /** An order that cannot be kept ends the strategy, and nothing else of this process. */
  #submit(action: SubmitAction, instrument: InstrumentId): void {
    try {
      const requestId = this.#options.context.submit(draftOf(action, instrument));
      this.#requestIds.set(action.ref, requestId);
      this.#refs.set(requestId, action.ref);
    } catch (error) {
      this.#child?.end(error instanceof Error ? error.message : String(error));
    }
  }

  #snapshot(): Snapshot {
    const { context, instruments } = this.#options;
    const positions = instruments.flatMap((instrument) => {
      const held = context.position(instrument);
      return held === null ? [] : [{ instrument, ...held }];
    });
    const openOrders = instruments.filter((instrument) => context.hasOpenOrder(instrument));
    const { nowMs, cash, equity, orderValueMax } = context;
    return { nowMs, cash, equity, orderValueMax, positions, openOrders, rules: this.#newRules() };
  }

  #newRules(): readonly PriceRules[] {
    return this.#options.instruments.flatMap((instrument) => {
      const rules = this.#options.priceRules(instrument);
      const text = JSON.stringify(rules);
      if (rules === null || this.#sentRules.get(instrument) === text) return [];
      this.#sentRules.set(instrument, text);
      return [rules];
    });
  }

  #ended(reason: string): void {
    this.#isOver = true;
    this.#clearAlarm();
    const started = this.#started;
    this.#started = null;
    if (started === null) this.#options.onFailed(reason);
    else started.reject(new RetryLater('runner.strategy-start', reason));
  }

  #setAlarm(milliseconds: number): void {
    this.#clearAlarm();
    this.#alarm = setTimeout(
      () => this.#child?.end(`전략이 ${milliseconds / 1_000}초 안에 답하지 않았어요.`),
      milliseconds,
    );
  }

  #clearAlarm(): void {
    if (this.#alarm !== null) clearTimeout(this.#alarm);
    this.#alarm = null;
  }
}

type SubmitAction = Extract<ChildAction, { kind: 'submit' }>;

/** The draft of a checked message: its numbers become the amounts they are. */
function draftOf(action: SubmitAction, instrument: InstrumentId): OrderDraft {
  const { side, price, reason, pricing, trigger, goodTill, group, exits } = action;
  return {
    instrument,
    side,
    quantity: quantity(action.quantity),
    price: won(price),
    reason,
    ...(pricing === undefined ? {} : { pricing }),
    ...(trigger === undefined ? {} : { trigger: triggerOf(trigger) }),
    ...(goodTill === undefined ? {} : { goodTill }),
    ...(group === undefined ? {} : { group }),
    ...(exits === undefined ? {} : { exits: exitsOf(exits) }),
  };
}

function exitsOf({ stopPrice, targetPrice, trailingBps }: NonNullable<SubmitAction['exits']>): OrderExits {
  return {
    ...(stopPrice === undefined ? {} : { stopPrice: won(stopPrice) }),
    ...(targetPrice === undefined ? {} : { targetPrice: won(targetPrice) }),
    ...(trailingBps === undefined ? {} : { trailingBps }),
  };
}

function triggerOf(trigger: NonNullable<SubmitAction['trigger']>): OrderTrigger {
  return trigger.kind === 'trailing' ? trigger : { kind: trigger.kind, price: won(trigger.price) };
}
