import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FixConfiguration } from '#domain/errors.ts';
import { adminTokenFile, cliTokenFile, runFolderOf } from '#link/run-folder.ts';
import { doorAnswer, vaultSocket, type DoorAnswer, type DoorRequest } from '#link/vault-request.ts';
import { askSheet, needVault, type Outcome, type Stage } from './stage.ts';

type Knock = DoorRequest extends infer Each ? (Each extends unknown ? Omit<Each, 'token'> : never) : never;

const lookMs = 50;
/** A new key is tried by a token and a balance within it, at the one call a second that a paper host allows. */
const answerMs = 60_000;

/** `snowball vault unlock`: hands the key to a gateway that waits for it; it goes to no other process. */
export async function unlock(stage: Stage<{ readonly kind: 'unlock'; readonly waitMs: number }>): Promise<Outcome> {
  const { say, ask, request, task } = stage;
  needVault(stage);
  await untilThere(request.home, task.waitMs);
  const before = await knock(request.home, { kind: 'state' });
  if (before.state !== 'open') {
    const secret = request.withRecovery
      ? (await askSheet(stage)).key
      : await ask.secret(say('금고 암호문:', 'Passphrase of the vault:'));
    const key = request.withRecovery ? 'recovery' : 'passphrase';
    await knock(request.home, { kind: 'unlock', key, secret: secret.reveal() });
  }
  return { text: say('금고가 열렸어요.', 'The vault is open.'), json: { state: 'open' } };
}

/**
 * The second step of `snowball resume`: the passphrase goes to the gateway, which holds it against the vault and remembers
 * for which code it was typed. Nothing is resumed by it.
 */
export async function prove(stage: Stage<{ readonly kind: 'resume'; readonly code: string }>): Promise<Outcome> {
  const { say, ask, request, task } = stage;
  needVault(stage);
  const secret = await ask.secret(say('금고 암호문:', 'Passphrase of the vault:'));
  const { state } = await knock(request.home, { kind: 'resume', code: task.code, secret: secret.reveal() });
  // Nothing is said: the command that goes on says what became of it.
  return { text: '', json: { state } };
}

/** `snowball vault seal`: cancels what is open, drops keys and tokens, and recycles the gateway; it waits for an unlock then. */
export async function seal(stage: Stage): Promise<Outcome> {
  const { state } = await knock(stage.request.home, { kind: 'seal' });
  return {
    text: stage.say(
      '금고를 잠갔어요. 열린 주문은 취소했고, 다시 쓰려면 "snowball vault unlock"을 해 주세요.',
      'The vault is sealed and open orders are cancelled; "snowball vault unlock" opens it again.',
    ),
    json: { state },
  };
}

/** Hands a new key, or none and the word to use the one that is kept, to the gateway that runs. */
export async function rotateRunning(
  home: string,
  request: Omit<Extract<DoorRequest, { readonly kind: 'rotate' }>, 'token'>,
): Promise<Extract<DoorAnswer, { readonly kind: 'rotated' }>> {
  const answer = await knocked(home, request, adminTokenFile);
  if (answer.kind === 'rotated') return answer;
  throw notRunning();
}

/** `locked`, `open` or `sealed`; null when no gateway listens. */
export async function doorState(home: string): Promise<string | null> {
  try {
    return (await knock(home, { kind: 'state' })).state;
  } catch {
    // Not running, or stopping at this moment: both mean that nobody holds the vault open.
    return null;
  }
}

async function untilThere(home: string, waitMs: number): Promise<void> {
  const deadline = performance.now() + waitMs;
  while ((await doorState(home)) === null && performance.now() < deadline) await pause(lookMs);
}

/** @throws {FixConfiguration} cli.not-running · whatever the gateway refuses with */
async function knock(home: string, request: Knock): Promise<Extract<DoorAnswer, { readonly kind: 'done' }>> {
  const answer = await knocked(home, request, cliTokenFile);
  if (answer.kind === 'done') return answer;
  throw notRunning();
}

async function knocked(
  home: string,
  request: Knock,
  tokenName: string,
): Promise<Exclude<DoorAnswer, { readonly kind: 'refused' }>> {
  const folder = runFolderOf(home);
  const tokenFile = join(folder, tokenName);
  if (!existsSync(tokenFile)) throw notRunning();
  const token = readFileSync(tokenFile, 'utf8').trim();
  const answer = await exchange(join(folder, vaultSocket), JSON.stringify({ ...request, token }));
  if (answer.kind === 'refused') throw new FixConfiguration(answer.code, answer.message);
  return answer;
}

function exchange(path: string, line: string): Promise<DoorAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    let text = '';
    socket.setEncoding('utf8').setTimeout(answerMs, () => socket.destroy(new Error('no answer')));
    socket.on('data', (chunk: string) => (text += chunk));
    socket.once('error', (cause) => reject(notRunning(cause)));
    socket.once('close', () => {
      const answer = doorAnswer.safeParse(jsonOf(text));
      if (answer.success) resolve(answer.data);
      else reject(notRunning());
    });
    socket.write(`${line}\n`);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It hung up before it answered; the schema will say so of nothing at all.
    return null;
  }
}

function notRunning(cause?: unknown): FixConfiguration {
  return new FixConfiguration('cli.not-running', 'Snowball is not running: start it first, in another terminal', {
    cause,
  });
}
