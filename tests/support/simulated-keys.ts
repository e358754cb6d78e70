import type { KisSimulator } from '#brokers/kis/simulator/start.ts';
import { Secret } from '#domain/secret.ts';
import type { NewKeyValue } from '#gateway/keys/key-rotation.ts';

/** Another key of the same account, as the broker's page gives one. */
export async function issueKey(
  { hosts }: Pick<KisSimulator, 'hosts'>,
  shape: 'overlap' | 'cut-over',
): Promise<readonly NewKeyValue[]> {
  const answer = await fetch(`${hosts.console}/keys`, {
    method: 'POST',
    body: JSON.stringify({ environment: 'paper', shape }),
  });
  const { appKey, appSecret } = (await answer.json()) as { readonly appKey: string; readonly appSecret: string };
  return [
    { type: 'app-key', value: new Secret(appKey) },
    { type: 'app-secret', value: new Secret(appSecret) },
  ];
}

/** Calls that carried the token of one key and the name of another. */
export async function mixedCalls({ hosts }: Pick<KisSimulator, 'hosts'>): Promise<number> {
  const answer = await fetch(`${hosts.console}/keys`);
  return ((await answer.json()) as { readonly mixed: number }).mixed;
}
