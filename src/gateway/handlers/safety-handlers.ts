import { RetryLater } from '#domain/errors.ts';
import type { OrderId } from '#domain/order.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { Caller, Handlers } from '#link/listener.ts';
import type { StatusView } from '#link/views.ts';
import { sessionAt } from '#markets/sessions.ts';
import { owedAlerts } from './alert-handlers.ts';
import { openOrders } from '../desk/order-questions.ts';
import type { Gateway } from '../gateway.ts';
import { cancelPatienceMs } from './handler-patience.ts';
import { isGone } from './known-order.ts';
import { actor } from './order-request.ts';
import type { ResumeProof } from '../safety/resume-proof.ts';
import { ResumeSteps } from '../safety/resume-steps.ts';

/** What halting and resuming look at besides the desk. */
export interface SafetyParts {
  readonly status: () => StatusView;
  /** The reason in the file that halts, while it is there. */
  readonly haltFile?: (() => string | null) | undefined;
  /** Throws when the broker's key is too old to be traded with. */
  readonly checkKey?: (() => void) | undefined;
  readonly resumeProof: ResumeProof;
  readonly isOpenedByCredential: boolean;
  readonly isWebConvenient: boolean;
}

/** Methods that halt, resume, beat and withdraw everything. */
export function safetyHandlers(gateway: Gateway, { status, haltFile, resumeProof, ...parts }: SafetyParts) {
  const { recorder } = gateway;
  const steps = new ResumeSteps({
    elapsedMs: () => performance.now(),
    haltFile: haltFile ?? (() => null),
    checkKey: parts.checkKey,
    otherBuilds: () => gateway.deadMan.otherBuilds,
    proof: resumeProof,
    isOpenedByCredential: parts.isOpenedByCredential,
    isWebConvenient: parts.isWebConvenient,
    isTrial: gateway.environment === 'trial',
  });
  return {
    halt: async ({ reason }: { readonly reason: string }, caller: Caller) => {
      await recorder.record({ kind: 'halt', by: actor(caller), reason });
      return status();
    },
    prepareResume: async (_params: unknown, { role }: Caller) => steps.prepare(gateway.state, role),
    resume: async ({ code }: { readonly code: string }, caller: Caller) => {
      // Asked once more when its turn has come: a halt that is being recorded now must not be lifted by it.
      await recorder.record((state) => {
        steps.confirm(code, state, caller.role);
        return { kind: 'resume', by: actor(caller) };
      });
      steps.used();
      return status();
    },
    heartbeat: async ({ builds, halt, alerts = [] }, { role }) => {
      const isHaltOwed = halt !== undefined && gateway.state.halted === null;
      // In one turn: whoever resumes after the halt has been shown the alert too.
      await Promise.all([
        ...(isHaltOwed ? [recorder.record({ kind: 'halt', by: role, reason: halt })] : []),
        ...owedAlerts(gateway, role === 'watchdog' ? alerts : []),
      ]);
      gateway.deadMan.beat(role === 'supervisor' ? 'supervisor' : 'watchdog', builds);
      const isContinuous = sessionAt(gateway.clock.now()).kind === 'continuous';
      return {
        build: gateway.build,
        isHalted: gateway.state.halted !== null,
        openOrders: openOrders(gateway.state).length,
        dataAgeMs: isContinuous ? gateway.monitor.dataAgeMs(performance.now()) : null,
      };
    },
    cancelAll: async (_params: unknown, caller: Caller) => {
      const asked = openOrders(gateway.state).map((order) => order.orderId);
      await Promise.all(asked.map((orderId) => cancelQuietly(gateway, orderId, actor(caller))));
      await Promise.all(
        asked.map((orderId) => gateway.settled(orderId, () => isGone(gateway, orderId), cancelPatienceMs)),
      );
      return { asked: asked.length, cancelled: asked.filter((orderId) => isGone(gateway, orderId)).length };
    },
  } satisfies Partial<Handlers<GatewayApi>>;
}

/** An order still on its way cannot be cancelled yet; it stays among those asked for and not cancelled. */
async function cancelQuietly(gateway: Gateway, orderId: OrderId, by: string): Promise<void> {
  try {
    await gateway.recorder.record({ kind: 'cancel', orderId, by });
  } catch (error) {
    if (!(error instanceof RetryLater)) throw error;
  }
}
