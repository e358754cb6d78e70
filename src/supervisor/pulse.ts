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
}

export interface PulseKeeper {
  close(): Promise<void>;
}

const beatEveryMs = 500;
/** The dead man between gateway and supervisor (threat-model §5). */
const silenceMaxMs = 3_000;

/**
 * A sign of life to the gateway twice a second, and its answer back. A gateway that hangs holds its lock, its prices and
 * perhaps an order half sent; woken later, it would act on what is long past. So its silence is told.
 */
export async function keepPulse(options: PulseOptions): Promise<PulseKeeper> {
  const { runFolder, token, builds, onSilent } = options;
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
