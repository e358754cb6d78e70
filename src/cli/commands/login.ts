import { Command } from 'commander';
import { serverSocket } from '#link/boot.ts';
import { serverApi } from '#link/server-api.ts';
import { withConnection } from '../connection.ts';
import { say } from '#link/language.ts';

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
      const forgetPassphrase = options.forgetPassphrase === true;
      const { url } = await withConnection(serverSocket, serverApi, (server) =>
        server.call('loginUrl', { forgetPassphrase }),
      );
      process.stdout.write(`${url}\n`);
    });
}
