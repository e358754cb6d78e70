import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { FixConfiguration } from '#domain/errors.ts';
import { trialPassphraseFile } from '../keys/trial-vault.ts';
import type { Outcome, Stage } from './stage.ts';

const lookMs = 100;

/**
 * `snowball vault words`: the passphrase that trial mode made for itself, on the person's own terminal. It guards keys to
 * fake money; no vault of paper or real money keeps its passphrase anywhere.
 *
 * @throws {FixConfiguration} vault.words
 */
export async function words(stage: Stage<{ readonly kind: 'words'; readonly waitMs: number }>): Promise<Outcome> {
  const { request, task, say } = stage;
  if (request.environment !== 'trial') throw none(`the vault of ${request.environment} keeps no passphrase`);
  const file = trialPassphraseFile(request.home);
  const deadline = performance.now() + task.waitMs;
  while (!existsSync(file) && performance.now() < deadline) await pause(lookMs);
  if (!existsSync(file)) throw none('trial mode was never started here');
  const passphrase = readFileSync(file, 'utf8').trim();
  const korean = `체험 금고의 암호문이에요. 멈춘 매매를 다시 켤 때 적어 주세요: ${passphrase}`;
  const english = `The passphrase of the trial vault, for letting orders through again after a halt: ${passphrase}`;
  return { text: say(korean, english), json: { passphrase } };
}

function none(found: string): FixConfiguration {
  return new FixConfiguration('vault.words', `Cannot show the six words: ${found}, wanted a trial that was started`);
}
