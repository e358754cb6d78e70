import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { request } from 'undici';
import { z } from 'zod';
import type { Environment } from '#domain/environment.ts';
import { FixConfiguration, RetryLater } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import { homeLayout } from '#link/home-layout.ts';
import { createVault } from '#vault/create-vault.ts';
import type { LocalVault } from '#vault/local-vault.ts';
import { openVaultWith } from '#vault/open-vault.ts';
import { generatePassphrase } from '#vault/passphrase.ts';
import type { Vault } from '#vault/vault.ts';
import { kdfFloor } from '#vault/kdf.ts';
import type { VaultKey } from '#vault/vault-key.ts';
import type { SeenVault } from './vault-seen.ts';

const paperKeys = z.object({
  htsId: z.string().min(1),
  paper: z.object({ appKey: z.string().min(1), appSecret: z.string().min(1), account: z.string().regex(/^\d{10}$/) }),
});

const fileName = 'vault.passphrase';

/** Where the trial of `home` keeps the passphrase of its vault. */
export function trialPassphraseFile(home: string): string {
  return join(homeLayout(home).gateway, fileName);
}

/**
 * The vault of trial mode: made at the first start with a passphrase of its own and filled from the testbed.
 *
 * The passphrase lies beside it (0600). That would be folly for a real vault; this one guards keys to fake money, and
 * what it buys is that trial mode runs the same code, file format and checks as the real thing. A vault for paper or real
 * trading is never made without the person.
 *
 * @throws FixConfiguration `gateway.vault-missing` outside trial mode; RetryLater `gateway.testbed`
 */
export async function trialVault(
  environment: Environment,
  folder: string,
  consoleUrl: string,
  seen: SeenVault | null = null,
): Promise<LocalVault> {
  if (environment !== 'trial') {
    throw new FixConfiguration(
      'gateway.vault-missing',
      `Cannot make a vault for ${environment} trading: only its person may; make it with "snowball vault create"`,
    );
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'vault');
  const passphraseFile = join(folder, fileName);
  const vault =
    existsSync(file) && existsSync(passphraseFile)
      ? await openVaultWith({ file, key: await keptKey(passphraseFile), seen })
      : await made(file, passphraseFile);
  await fill(vault, consoleUrl);
  return vault;
}

async function keptKey(file: string): Promise<VaultKey> {
  return { kind: 'passphrase', passphrase: new Secret((await readFile(file, 'utf8')).trim()) };
}

/** The passphrase is durable before the vault exists; a vault without one (a crash between) held nothing yet. */
async function made(file: string, passphraseFile: string): Promise<LocalVault> {
  if (existsSync(file)) await rename(file, `${file}.without-passphrase`);
  const passphrase = generatePassphrase();
  await writeFile(passphraseFile, `${passphrase}\n`, { mode: 0o600, flush: true });
  await chmod(passphraseFile, 0o600);
  // The cheapest derivation allowed: beside its own passphrase a costlier one would only slow the start.
  return createVault({ file, passphrase: new Secret(passphrase), kdf: kdfFloor });
}

/** The testbed's keys, put again only when they changed: a new testbed has new ones. */
async function fill(vault: Vault, consoleUrl: string): Promise<void> {
  const { htsId, paper } = await keys(new URL('/credentials', consoleUrl).href);
  const wanted = { 'app-key': paper.appKey, 'app-secret': paper.appSecret, account: paper.account, 'hts-id': htsId };
  const known = new Set(vault.names().map((meta) => meta.name));
  for (const [type, value] of Object.entries(wanted)) {
    const name = `kis.paper.${type}`;
    if (known.has(name) && vault.get(name).reveal() === value) continue;
    await vault.put(name, new Secret(value), { broker: 'kis', environment: 'paper', type });
  }
}

async function keys(url: string): Promise<z.infer<typeof paperKeys>> {
  try {
    const { body } = await request(url, { headersTimeout: 5_000, bodyTimeout: 5_000 });
    return paperKeys.parse(await body.json());
  } catch (cause) {
    // The cause may quote the answer, which holds keys, if only to fake money: it is not passed on.
    const found = cause instanceof z.ZodError ? 'an answer of another shape' : 'no answer';
    throw new RetryLater(
      'gateway.testbed',
      `Cannot read the testbed's keys at "${url}": ${found}, wanted its credentials`,
    );
  }
}
