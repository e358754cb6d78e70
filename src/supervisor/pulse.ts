import { join } from 'node:path';
import { gatewaySocket } from '#link/boot.ts';
import { connect } from '#link/client.ts';
import { gatewayApi } from '#link/gateway-api.ts';
import { Silence } from '#link/silence.ts';

export interface PulseOptions {
  readonly runFolder: string;
  readonly token: string;
  /** Of every process that was started, by its name. */
  readonly builds: () => Readonly<Record<string, string>>;
  /** The gateway has not answered for so long; called once for each time. */
  readonly onSilent: (silentMs: number) => void;
  /** Milliseconds between two signs, and of silence that is told; 500 and 3,000 if not said. */
  readonly beatEveryMs?: number;
  readonly silenceMaxMs?: number;
}

export interface PulseKeeper {
  close(): Promise<void>;
}

/**
 * A sign of life to the gateway twice a second, and its answer back. A gateway that hangs holds its lock, its prices and
 * perhaps an order half sent; woken later, it would act on what is long past. So its silence is told.
 */
export async function keepPulse(options: PulseOptions): Promise<PulseKeeper> {
  // The dead man between gateway and supervisor: three seconds (threat-model §5).
  const { runFolder, token, builds, onSilent, beatEveryMs = 500, silenceMaxMs = 3_000 } = options;
  const gateway = await connect({
    socketPath: join(runFolder, gatewaySocket),
    api: gatewayApi,
    role: 'supervisor',
    token,
    reconnect: true,
    callTimeoutMs: silenceMaxMs,
  });
  const silence = new Silence({ lookEveryMs: beatEveryMs, lostAfterMs: silenceMaxMs, firstWithinMs: 30_000 });
  const beat = (): void => {
    silence.look(performance.now());
    if (silence.isLost) {
      onSilent(silence.silentMs);
      // What is started instead has its own time until it speaks.
      silence.restart();
    }
    gateway.call('heartbeat', { builds: builds() }).then(
      () => silence.heard(),
      // That it fails is what the silence says.
      () => undefined,
    );
  };
  beat();
  const timer = setInterval(beat, beatEveryMs);
  return {
    async close() {
      clearInterval(timer);
      await gateway.close();
    },
  };
}
