import { Command } from 'commander';
import { serverSocket } from '#link/boot.ts';
import { serverApi } from '#link/server-api.ts';
import { withConnection, type TerminalRole } from '../house/connection.ts';
import { say } from '#link/language.ts';

const connection = (role: TerminalRole) => ({ socket: serverSocket, api: serverApi, role });

/** `snowball login`: a new one-time address for the web console; earlier ones stop working. */
export function loginCommand(): Command {
  return new Command('login')
    .description(say('화면에 들어갈 새 일회용 주소를 만들어요.', 'Make a new one-time address for the web console.'))
    .option(
      '--forget-passphrase',
      say(
        '화면 암호를 지우고 새로 정해요. 열려 있던 화면은 모두 나가요.',
        'drop the console passphrase and set a new one; ends every session',
      ),
    )
    .action(async (options: { forgetPassphrase?: boolean }) => {
      if (options.forgetPassphrase === true) {
        await withConnection(connection('admin'), (server) => server.call('forgetLogin', {}));
      }
      const { url } = await withConnection(connection('cli'), (server) => server.call('loginUrl', {}));
      process.stdout.write(`${url}\n`);
    });
}
