import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { FixConfiguration, RetryLater, SnowballError } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import { makeRunFolder } from '#link/run-folder.ts';
import { tokenMatches } from '#link/token.ts';
import { doorRequest, type DoorAnswer, type DoorRequest } from '#link/vault-request.ts';
import type { VaultKey } from '#vault/vault-key.ts';

export interface VaultDoorOptions {
  /** In the run folder of 0700; made 0600. */
  readonly socketPath: string;
  /** Hash of the command line's token; nobody else may knock. */
  readonly tokenHash: string;
  /** Hash of the token of the command line's admin, which alone may change a key. */
  readonly adminTokenHash: string;
  /** Opens the vault, or throws what is wrong with the key. */
  readonly open: (key: VaultKey) => Promise<void>;
  /** Throws unless it is the passphrase of the vault that is open; nothing is opened by it. */
  readonly check: (passphrase: Secret) => Promise<void>;
  /** The passphrase was typed for this code of a resume. */
  readonly proven: (code: string) => void;
  /** Drops keys, leases and tokens; the process is recycled after its answer. */
  readonly seal: () => Promise<void>;
  /** Changes the broker's key while the gateway runs; its refusals are thrown. */
  readonly rotate: (request: RotateRequest) => Promise<Omit<Rotated, 'kind' | 'state'>>;
  readonly state: () => 'locked' | 'open' | 'sealed';
}

export type RotateRequest = Omit<Extract<DoorRequest, { readonly kind: 'rotate' }>, 'kind' | 'token' | 'secret'>;
type Rotated = Extract<DoorAnswer, { readonly kind: 'rotated' }>;

export interface VaultDoor {
  close(): Promise<void>;
}

const lineBytesMax = 16 * 1024;
/** Connections at a time; one person types one passphrase. */
const connectionsMax = 4;
const idleMs = 10_000;
/** Threat-model §10, N05. */
const triesMax = 5;
const triesWithinMs = 10 * 60_000;
const lockedMs = 15 * 60_000;
const wrongKeyCodes: readonly string[] = ['vault.wrong-passphrase', 'vault.wrong-key'];

/**
 * Where the key of the vault is handed in: one line of JSON, one line back. The key goes from the process in which it was
 * typed into this one and nowhere else; no other process can be asked to pass it on.
 */
export async function openVaultDoor(options: VaultDoorOptions): Promise<VaultDoor> {
  const tries = new Tries();
  const server = createServer((socket) => serveOne(socket, options, tries));
  server.maxConnections = connectionsMax;
  makeRunFolder(dirname(options.socketPath));
  rmSync(options.socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.socketPath, resolve);
  });
  if (process.platform !== 'win32') chmodSync(options.socketPath, 0o600);
  return { close: () => closed(server) };
}

function serveOne(socket: Socket, options: VaultDoorOptions, tries: Tries): void {
  let text = '';
  socket.setEncoding('utf8').setTimeout(idleMs, () => socket.destroy());
  // Whoever hangs up hears nothing; that is their loss.
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: string) => {
    text += chunk;
    const end = text.indexOf('\n');
    if (end < 0 && text.length <= lineBytesMax) return;
    socket.removeAllListeners('data');
    const line = end < 0 ? '' : text.slice(0, end);
    text = '';
    socket.setTimeout(0);
    void answerTo(line, options, tries).then((answer) => socket.end(`${JSON.stringify(answer)}\n`));
  });
}

async function answerTo(line: string, options: VaultDoorOptions, tries: Tries): Promise<DoorAnswer> {
  const request = read(line);
  if (request === null || !tokenMatches(request.token, tokenHashFor(request, options))) {
    return refused('link.refused', 'Cannot use the vault socket: the token or the question is none that it knows');
  }
  try {
    if (request.kind === 'rotate') return await rotated(request, options, tries);
    await carryOut(request, options, tries);
    return { kind: 'done', state: options.state() };
  } catch (error) {
    if (error instanceof SnowballError) return refused(error.code, error.message);
    return refused('link.internal', 'Cannot use the vault: an error inside the gateway, see its log');
  }
}

/**
 * The passphrase besides the capability: whoever changes the key decides under whose name orders go out.
 *
 * @throws {FixConfiguration} vault.sealed while there is no open vault whose key could be changed
 */
async function rotated(
  { shape, values, secret }: Extract<DoorRequest, { readonly kind: 'rotate' }>,
  options: VaultDoorOptions,
  tries: Tries,
): Promise<DoorAnswer> {
  const state = options.state();
  if (state !== 'open') {
    const found = `the vault is ${state}, wanted open`;
    throw new FixConfiguration('vault.sealed', `Cannot change the key: ${found}. Unlock it first`);
  }
  await tries.counting(() => options.check(new Secret(secret)));
  return { kind: 'rotated', state, ...(await options.rotate({ shape, values })) };
}

async function carryOut(
  request: Exclude<DoorRequest, { readonly kind: 'rotate' }>,
  options: VaultDoorOptions,
  tries: Tries,
): Promise<void> {
  if (request.kind === 'seal') return await options.seal();
  if (request.kind === 'state') return;
  if (request.kind === 'resume') {
    await tries.counting(() => options.check(new Secret(request.secret)));
    return options.proven(request.code);
  }
  if (options.state() === 'open') return;
  const secret = new Secret(request.secret);
  await tries.counting(() =>
    options.open(
      request.key === 'recovery' ? { kind: 'recovery', sheet: secret } : { kind: 'passphrase', passphrase: secret },
    ),
  );
}

function tokenHashFor({ kind }: DoorRequest, { tokenHash, adminTokenHash }: VaultDoorOptions): string {
  return kind === 'rotate' ? adminTokenHash : tokenHash;
}

function read(line: string): DoorRequest | null {
  try {
    return doorRequest.parse(JSON.parse(line));
  } catch {
    // What was sent may hold a secret: it is not quoted.
    return null;
  }
}

function refused(code: string, message: string): DoorAnswer {
  return { kind: 'refused', code, message };
}

async function closed(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/** Five wrong keys within ten minutes close the door for fifteen. In memory: a copied file is guessed elsewhere anyway. */
class Tries {
  #wrongAt: readonly number[] = [];
  #lockedUntil = 0;
  #last: Promise<void> = Promise.resolve();

  /**
   * One after the other: keys sent at the same moment must not slip past the limit while the slow check works. Four wait
   * at the most, as many as there may be connections.
   */
  async counting(work: () => Promise<void>): Promise<void> {
    const before = this.#last;
    const turn = Promise.withResolvers<void>();
    this.#last = turn.promise;
    await before;
    try {
      this.#check();
      await work();
    } catch (error) {
      if (error instanceof FixConfiguration && wrongKeyCodes.includes(error.code)) this.#note();
      throw error;
    } finally {
      turn.resolve();
    }
  }

  #check(): void {
    const leftMs = this.#lockedUntil - performance.now();
    if (leftMs <= 0) return;
    throw new RetryLater(
      'gateway.vault-tries',
      `Cannot use a key of the vault: ${triesMax} wrong ones within ten minutes, wanted a pause of ${Math.ceil(leftMs / 60_000)} more minutes`,
    );
  }

  #note(): void {
    const now = performance.now();
    this.#wrongAt = [...this.#wrongAt.filter((at) => now - at < triesWithinMs), now];
    if (this.#wrongAt.length < triesMax) return;
    this.#wrongAt = [];
    this.#lockedUntil = now + lockedMs;
  }
}
