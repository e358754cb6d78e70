import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { trialPassphraseFile } from '#gateway/keys/trial-vault.ts';
import { cliTokenFile, runFolderOf } from '#link/run-folder.ts';
import { vaultSocket } from '#link/vault-request.ts';
import type { House } from './house.ts';

/** The six words that a person was shown at the first start of this trial. */
export function sixWords({ home }: Pick<House, 'home'>): string {
  return readFileSync(trialPassphraseFile(home), 'utf8').trim();
}

/** Both steps of a person: the code, and the passphrase typed for it. @throws what the gateway answers */
export async function resumeHouse(house: House): Promise<void> {
  const { code } = await house.gateway.call('prepareResume', {});
  const folder = runFolderOf(house.home);
  const token = readFileSync(join(folder, cliTokenFile), 'utf8').trim();
  const socket = connect(join(folder, vaultSocket));
  socket.write(`${JSON.stringify({ kind: 'resume', token, code, secret: sixWords(house) })}\n`);
  const answer = await text(socket);
  if (!answer.includes('"done"')) throw new Error(answer);
  await house.gateway.call('resume', { code });
}
