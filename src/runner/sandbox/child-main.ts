import { Console } from 'node:console';
import { createInterface } from 'node:readline';
import type { Strategy } from '#strategy/strategy.ts';
import { ChildContext } from './child-context.ts';
import { decodeParentMessage } from './parent-message-decoder.ts';

/**
 * The host of one strategy inside its sandbox. It is no guard: everything here shares the process with the strategy, so
 * the runner trusts nothing that comes out. One line in, one line out, by standard input and output.
 */
const strategyFile = new URL('../../../strategy.ts', import.meta.url).href;

// Standard output carries the protocol; what a strategy prints goes to standard error, where the runner keeps the end.
globalThis.console = new Console(process.stderr);
process.on('uncaughtException', failed);

// bubblewrap names the working folder there; a strategy's environment is empty.
delete process.env['PWD'];
takeAway(['kill', '_kill', '_debugProcess', '_debugEnd', 'dlopen', 'binding', '_linkedBinding']);

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

/**
 * Node's permission flags let signals through to every process of the same user (threat-model §3), and `process` holds the
 * only ways to send one. Gone for good before the strategy is loaded; where bubblewrap works nobody is there to be hit.
 */
function takeAway(names: readonly string[]): void {
  const value = (): never => {
    throw new Error('Not allowed in a strategy');
  };
  for (const name of names) Object.defineProperty(process, name, { value, writable: false, configurable: false });
}

async function load(): Promise<Strategy | null> {
  try {
    const module: unknown = await import(strategyFile);
    if (isStrategyModule(module)) return module.strategy;
    throw new TypeError('The file exports no "strategy" made by defineStrategy()');
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
    say({ kind: 'done', event: message.event, actions: context.actions() });
  } catch (error) {
    failed(error);
  }
}

function failed(error: unknown): void {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  say({ kind: 'failed', reason: reason.slice(0, 500) });
}

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function isStrategyModule(value: unknown): value is { readonly strategy: Strategy } {
  if (typeof value !== 'object' || value === null || !('strategy' in value)) return false;
  const { strategy } = value;
  return (
    typeof strategy === 'object' && strategy !== null && 'onBar' in strategy && typeof strategy.onBar === 'function'
  );
}
