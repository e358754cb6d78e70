import { join } from 'node:path';
import { Gateway } from '#gateway/gateway.ts';
import type { GatewayOptions } from '#gateway/gateway-options.ts';
import { serve } from '#gateway/serve.ts';
import { statusView } from '#gateway/handlers/status-view.ts';
import { openJournal } from '#journal/open-journal.ts';
import { threadDisk } from '#journal/thread-disk.ts';
import { hashToken } from '#link/token.ts';

type Wanted = Pick<GatewayOptions, 'environment' | 'broker' | 'clock'> & Partial<Pick<GatewayOptions, 'limits'>>;

/** Starts a gateway that lives in `folder`, with a real journal and socket (`s`), for whoever has `token`. Nobody hears its news. */
export async function startGateway(wanted: Wanted, folder: string, token: string): Promise<void> {
  const gateway = new Gateway({
    ...wanted,
    build: 'bench',
    journal: await openJournal({ file: join(folder, 'journal'), diskOf: threadDisk }),
    onOrder: () => undefined,
    onTick: () => undefined,
    onStatus: () => undefined,
    onFault: say,
    onFatal: say,
  });
  await serve({
    gateway,
    socketPath: join(folder, 's'),
    tokenHashes: { cli: hashToken(token) },
    status: () => statusView(gateway, { account: '', tokenExpiresAt: null, callsPerSecondMax: 0 }),
    onFault: say,
  });
  await gateway.start();
}

/** A problem of the gateway, for whoever looks at the bench. */
function say(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : JSON.stringify(error)}\n`);
}
