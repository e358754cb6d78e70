import { SnowballError } from '#domain/errors.ts';
import { onParentGone, readBoot, writeReady } from '#link/boot-line.ts';
import { configurationExitCode } from '#link/boot.ts';
import { startServer } from './start-server.ts';

await main();

/** The server process: started by the supervisor, ends with it. */
async function main(): Promise<void> {
  try {
    const server = await startServer(await readBoot());
    const stop = (): void => void server.close().finally(() => process.exit(0));
    process.once('SIGTERM', stop);
    // Ctrl-C reaches the whole group; the supervisor decides when we end.
    process.on('SIGINT', () => undefined);
    onParentGone(stop);
    writeReady({ url: server.loginUrl(), port: server.port });
  } catch (error) {
    process.stderr.write(`${error instanceof SnowballError ? `${error.message} [${error.code}]` : String(error)}\n`);
    process.exit(error instanceof SnowballError && error.nextStep === 'fix-configuration' ? configurationExitCode : 1);
  }
}
