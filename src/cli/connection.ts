import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';
import type { Api } from '#link/api.ts';
import { connect, type LinkClient } from '#link/client.ts';
import { cliTokenFile, runFolderOf } from '#link/run-folder.ts';
import { chosenEnvironment, modeFolder } from './home.ts';
import { say } from '#link/language.ts';

/**
 * Connects to a running process with the command line's own token, uses it, and closes the connection.
 *
 * @throws FixConfiguration `cli.not-running` when nothing runs; whatever the process answers
 */
export async function withConnection<A extends Api, T>(
  socket: string,
  api: A,
  use: (client: LinkClient<A>) => Promise<T>,
): Promise<T> {
  const folder = runFolderOf(modeFolder(chosenEnvironment()));
  const tokenFile = join(folder, cliTokenFile);
  if (!existsSync(tokenFile)) throw notRunning();
  const token = readFileSync(tokenFile, 'utf8').trim();
  const client = await connect({ socketPath: join(folder, socket), api, role: 'cli', token }).catch(
    (cause: unknown) => {
      throw notRunning(cause);
    },
  );
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

function notRunning(cause?: unknown): FixConfiguration {
  const korean = '실행 중인 스노우볼이 없어요. 다른 터미널에서 npm start로 먼저 시작해 주세요.';
  const english = 'Snowball is not running: start it first with npm start in another terminal.';
  return new FixConfiguration('cli.not-running', say(korean, english), { cause });
}
