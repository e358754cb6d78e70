import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { haltFileOf } from '#link/halt-file.ts';
import type { OrderView } from '#link/views.ts';
import { listeningAddresses } from './support/listening-addresses.ts';
import { eventually, startHouse, type ChildName, type House } from './support/house.ts';
import { resumeHouse } from './support/resume-house.ts';
import { snowball } from './support/snowball.ts';

const names: readonly ChildName[] = ['testbed', 'standby', 'gateway', 'runner', 'server', 'watchdog'];
/** Cheap, and far enough below the market to rest there. */
const symbols = ['015760', '035720', '293490'];
const withinMs = 2_000;

interface BrokerRow {
  readonly number: string;
  readonly action: string;
  readonly remaining: number;
}

/** One real house, whose processes are stopped and killed in turn. Takes about half a minute. */
describe('a running house', () => {
  let house: House;
  let console: string;
  let serial = 0;
  const stopped = new Set<number>();

  before(async () => {
    house = await startHouse({ hasStrategies: false, options: { gateway: { quietWindowMs: 2_000 } } });
    console = String(house.ready.get('testbed')?.['console']);
  });
  afterEach(async () => {
    for (const pid of stopped) wake(pid);
    rmSync(haltFileOf(house.home), { force: true, recursive: true });
    await eventually('a house that trades', 20_000, resumed);
  });
  after(() => house.stop());

  it('T28 listens on loopback alone, told from the sockets themselves', { skip: process.platform !== 'linux' }, () => {
    const addresses = names.flatMap((name) => listeningAddresses(house.pid(name) ?? 0));

    assert.ok(addresses.length >= 6, `only ${addresses.join(', ')}: the server and the testbed's five were expected`);
    assert.deepEqual(
      addresses.filter((address) => address !== '127.0.0.1'),
      [],
    );
  });

  it('T28 leaves nothing under its home that anybody else could read', () => {
    const loose = readdirSync(house.home, { recursive: true, withFileTypes: true }).filter(
      (entry) => (statSync(join(entry.parentPath, entry.name)).mode & 0o077) !== 0,
    );

    assert.deepEqual(
      loose.map(({ name }) => name),
      [],
    );
    assert.equal(statSync(house.home).mode & 0o777, 0o700);
  });

  it('T28 can dump no core, and makes files for the owner alone', { skip: process.platform !== 'linux' }, () => {
    for (const name of names) {
      const pid = house.pid(name);
      assert.match(readFileSync(`/proc/${pid}/limits`, 'utf8'), /^Max core file size +0 +0 /m, name);
      assert.match(readFileSync(`/proc/${pid}/status`, 'utf8'), /^Umask:\t0077$/m, name);
    }
  });

  it('T28 opens no inspector when it is asked to by SIGUSR1', { skip: process.platform !== 'linux' }, async () => {
    for (const name of names) {
      const pid = house.pid(name) ?? 0;
      const before = listeningAddresses(pid).length;
      // To a process that does not listen for it the signal is deadly, so that it is not even sent where it is caught.
      const caught = BigInt(`0x${/^SigCgt:\t(\w+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0'}`);
      assert.equal(caught & (1n << 9n), 0n, `${name} listens for SIGUSR1`);
      assert.equal(listeningAddresses(pid).length, before);
    }
  });

  it('INV-15 withdraws what rests at the broker within two seconds of a stopped gateway, which is halted when it wakes', async (test) => {
    await rest();

    const tookMs = await emptyAfter(() => stop('gateway'));

    test.diagnostic(`empty after ${Math.round(tookMs)} ms`);
    assert.ok(tookMs <= withinMs, `${tookMs} ms`);
    for (const pid of stopped) wake(pid);
    const halted = await eventually('a halt', 10_000, haltedBy);
    assert.match(halted, /^watchdog: the gateway gave no sign of life for \d+ ms$/);
    assert.equal((await buy()).state, 'denied', 'INV-13 a halted gateway takes no new risk');
  });

  it('INV-15 does the same when the gateway is killed, and the next one begins halted', async (test) => {
    await rest();

    const tookMs = await emptyAfter(() => house.kill('gateway'));

    test.diagnostic(`empty after ${Math.round(tookMs)} ms`);
    assert.ok(tookMs <= withinMs, `${tookMs} ms`);
    assert.match(await eventually('a halt', 10_000, haltedBy), /^watchdog: the gateway/);
  });

  it('INV-15 halts and withdraws when the runner hangs, and a hung page keeps nobody from it', async (test) => {
    await rest();

    const tookMs = await emptyAfter(() => ['runner' as const, 'server' as const].forEach(stop));

    test.diagnostic(`empty after ${Math.round(tookMs)} ms`);
    assert.ok(tookMs <= withinMs, `${tookMs} ms`);
    assert.match(await eventually('a halt', 5_000, haltedBy), /^watchdog: the runner gave no sign of life/);
  });

  it('INV-15 withdraws when gateway, runner and server all stand still', async (test) => {
    await rest();

    const tookMs = await emptyAfter(() => ['gateway' as const, 'runner' as const, 'server' as const].forEach(stop));

    test.diagnostic(`empty after ${Math.round(tookMs)} ms`);
    assert.ok(tookMs <= withinMs, `${tookMs} ms`);
    for (const pid of stopped) wake(pid);
    assert.match(await eventually('a halt', 5_000, haltedBy), /^watchdog: the (gateway|runner)/);
  });

  it('INV-15 takes no new risk within three seconds of the loss of the watchdog, and goes on when it is back', async () => {
    stop('watchdog');

    const denied = await eventually('a refusal', 3_000, async () => {
      const { approved, checks } = await house.gateway.call('preview', await request());
      return approved ? null : (checks.find(({ code, passed }) => code === 'watchdog-lost' && !passed) ?? null);
    });

    assert.ok((denied.actual ?? 0) > 2_500 && denied.limit === 2_500, `${denied.actual} of ${denied.limit}`);
    for (const pid of stopped) wake(pid);
    await eventually('an approval', 5_000, async () => ((await preview()) ? true : null));
    assert.equal((await house.gateway.call('status', {})).halted, null);
  });

  it('INV-15 halts by the file HALT, whose removal does not resume, and which must be gone before anybody resumes', async () => {
    await rest();

    // In its place with its words: a file that is still empty halts as well, and says nothing.
    const written = join(house.home, 'written-by-hand');
    writeFileSync(written, '손으로\u0007 멈춤\n');

    const tookMs = await emptyAfter(() => renameSync(written, haltFileOf(house.home)));
    const halted = await eventually('a halt', 5_000, haltedBy);
    const whileThere = await house.gateway.call('prepareResume', {}).catch((error: { code: string }) => error.code);
    rmSync(haltFileOf(house.home));
    const later = await haltedBy();

    assert.ok(tookMs <= withinMs, `${tookMs} ms`);
    assert.match(halted, /^(file|watchdog): file HALT: 손으로 멈춤$/);
    assert.equal(whileThere, 'gateway.halt-file');
    assert.equal(later, halted);
  });

  it('INV-15 halts by snowball halt while the gateway does not answer', async () => {
    stop('gateway');

    const said = await snowball({ home: house.installation }, 'halt', '--reason', 'it hangs');

    assert.equal(said.code, 0, said.errors.join('\n'));
    assert.match(said.out, /^The gateway does not answer, so the file ".*HALT" was made/);
    assert.equal(readFileSync(haltFileOf(house.home), 'utf8'), 'it hangs\n');
  });

  function stop(name: ChildName): void {
    const pid = house.pid(name);
    assert.ok(pid, name);
    stopped.add(pid);
    process.kill(pid, 'SIGSTOP');
  }

  function wake(pid: number): void {
    stopped.delete(pid);
    if (names.some((name) => house.pid(name) === pid)) process.kill(pid, 'SIGCONT');
  }

  async function request() {
    serial += 1;
    const symbol = symbols[serial % symbols.length] ?? '015760';
    const { price } = await house.gateway.call('quote', { symbol });
    const order = { strategy: null, symbol, side: 'buy', type: 'limit', reason: 'test' } as const;
    return {
      ...order,
      requestId: `r${serial}`,
      quantity: 1 + (serial % 11),
      price: Math.floor((price * 0.98) / 100) * 100,
    };
  }

  async function buy(): Promise<OrderView> {
    return house.gateway.call('submit', await request());
  }

  async function preview(): Promise<boolean> {
    return (await house.gateway.call('preview', await request())).approved;
  }

  /** Two orders that stand at the broker. */
  async function rest(): Promise<void> {
    for (let count = 0; count < 2; count += 1) {
      await eventually('an order that stands', 20_000, async () => ((await buy()).state === 'acked' ? true : null));
    }
    assert.equal((await openAtBroker()).length, 2);
  }

  async function emptyAfter(deed: () => void): Promise<number> {
    const startedMs = performance.now();
    deed();
    while ((await openAtBroker()).length > 0 && performance.now() - startedMs < 10_000) {
      // The next answer of the broker is what is waited for.
    }
    return performance.now() - startedMs;
  }

  async function openAtBroker(): Promise<readonly BrokerRow[]> {
    const answer = await fetch(`${console}/orders`);
    const { paper } = (await answer.json()) as { paper: readonly BrokerRow[] };
    return paper.filter((row) => row.action === 'new' && row.remaining > 0);
  }

  async function haltedBy(): Promise<string | null> {
    const { halted } = await house.gateway.call('status', {});
    return halted === null ? null : `${halted.by}: ${halted.reason}`;
  }

  /** Both steps, as often as somebody halts meanwhile; done when an order would be let through. */
  async function resumed(): Promise<true | null> {
    if ((await haltedBy()) !== null) {
      await resumeHouse(house);
    }
    return (await preview()) ? true : null;
  }
});
