import { createInterface } from 'node:readline';
import type { UnrepeatableUse } from '#link/unrepeatable.ts';
import type { Strategy } from '#strategy/strategy.ts';
import { ChildContext } from './child-context.ts';
import { loadStrategy } from './load-strategy.ts';
import { decodeParentMessage } from './parent-message-decoder.ts';
import { shutDoors } from './shut-doors.ts';
import { watchUnrepeatable } from './watch-unrepeatable.ts';

/**
 * The host of one strategy inside its sandbox. It is no guard: everything here shares the process with the strategy, so
 * the runner trusts nothing that comes out. One line in, one line out, by standard input and output.
 */
shutDoors();
const unrepeatable = watchUnrepeatable();
let told = 0;
process.on('uncaughtException', failed);

const strategy = await load();
const context = new ChildContext();
if (strategy !== null) {
  const { name, instruments, interval, warmUpBars } = strategy;
  say({ kind: 'ready', name, instruments, interval, warmUpBars });
  const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
  lines.on('line', (line) => answer(strategy, line));
  // The runner is gone: so is the reason to live.
  lines.on('close', () => process.exit(0));
}

async function load(): Promise<Strategy | null> {
  try {
    return await loadStrategy();
  } catch (error) {
    failed(error);
    return null;
  }
}

function answer(strategy: Strategy, line: string): void {
  try {
    const message = decodeParentMessage(line);
    context.begin(message.context);
    if (message.kind === 'bar') strategy.onBar(context, message.instrument, message.bar, message.isWarmUp);
    else if (message.kind === 'close') strategy.onClose?.(context, message.date);
    else strategy.onOrder?.(context, message.update);
    say({ kind: 'done', event: message.event, actions: context.actions(), ...unrepeatableNews() });
  } catch (error) {
    failed(error);
  }
}

/** What was asked since the last answer; nothing for nearly every one. */
function unrepeatableNews(): { readonly unrepeatable?: readonly UnrepeatableUse[] } {
  const news = unrepeatable().slice(told);
  told += news.length;
  return news.length === 0 ? {} : { unrepeatable: news };
}

function failed(error: unknown): void {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  say({ kind: 'failed', reason: reason.slice(0, 500) });
}

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
