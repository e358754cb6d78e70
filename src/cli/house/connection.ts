import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';
import type { Api } from '#link/api.ts';
import { connect, type LinkClient } from '#link/client.ts';
import { adminTokenFile, cliTokenFile, runFolderOf } from '#link/run-folder.ts';
import { chosenEnvironment, modeFolder } from './home.ts';
import { say } from '#link/language.ts';

/** Ops, or admin: no command shows a capability that it does not need. */
export type TerminalRole = 'cli' | 'admin';

const tokenFiles: Readonly<Record<TerminalRole, string>> = { cli: cliTokenFile, admin: adminTokenFile };

export interface Connection<A extends Api> {
  readonly socket: string;
  readonly api: A;
  readonly role: TerminalRole;
}

/**
 * Connects to a running process with one of the command line's own tokens, uses it, and closes the connection.
 *
 * @throws FixConfiguration `cli.not-running` when nothing runs; whatever the process answers
 */
export async function withConnection<A extends Api, T>(
  { socket, api, role }: Connection<A>,
  use: (client: LinkClient<A>) => Promise<T>,
): Promise<T> {
  const folder = runFolderOf(modeFolder(chosenEnvironment()));
  const tokenFile = join(folder, tokenFiles[role]);
  if (!existsSync(tokenFile)) throw notRunning();
  const token = readFileSync(tokenFile, 'utf8').trim();
  const client = await connect({ socketPath: join(folder, socket), api, role, token }).catch((cause: unknown) => {
    throw notRunning(cause);
  });
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
