import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { FileJournal } from '#journal/journal.ts';
import { openOrders } from './desk/order-questions.ts';
import { entry } from './desk/records.ts';
import type { Gateway } from './gateway.ts';
import { describe } from './log.ts';

/** How long a seal waits for the cancels of what is open to be looked up. */
const sealPatienceMs = 10_000;

/** Before the vault is sealed: new risk is blocked, and what is open is withdrawn and looked up. */
export async function withdrawAndLookUp(gateway: Gateway): Promise<void> {
  await gateway.recorder.record({ kind: 'halt', by: 'cli', reason: 'the vault was sealed' });
  const deadline = performance.now() + sealPatienceMs;
  while (openOrders(gateway.state).length > 0 && performance.now() < deadline) {
    await Promise.race([gateway.pump.nextRound(), pause(deadline - performance.now())]);
  }
}

/** Trading is halted on record, so that the next start does not go on by itself, and what is open is withdrawn. */
export async function haltAndWithdraw(
  gateway: Gateway,
  error: unknown,
  { lastWords, log }: { readonly lastWords: FileJournal['lastWords']; readonly log: Logger },
): Promise<void> {
  const reason = `the gateway stopped by a failure: ${describe(error)['code'] ?? 'unexpected'}`;
  try {
    await gateway.recorder.record({ kind: 'halt', by: 'gateway', reason });
    await gateway.stop();
  } catch (cause) {
    // The journal takes nothing any more: its reserve may, and the next start finds the halt there. The cancels need neither.
    const halt = entry('halt', { by: 'gateway', reason, at: gateway.moment().at });
    const isKept = await lastWords([halt]);
    log.warn({ ...describe(cause), isKept }, 'cannot record the halt in the journal');
    await withdrawOpen(gateway, log);
  }
}

async function withdrawOpen(gateway: Gateway, log: Logger): Promise<void> {
  const cancels = openOrders(gateway.state).map(async (order) => {
    const leg = order.legs.at(-1);
    if (leg === undefined) return;
    const { instrument, side } = order.request;
    await gateway.broker.cancel({ ...leg, instrument, side });
  });
  for (const { status } of await Promise.allSettled(cancels)) log.warn({ status }, 'last cancel');
}
