import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { OrderView, PortfolioView, QuoteView, StatusView } from '#link/views.ts';
import { adminTokenFile, cliTokenFile, runFolderOf } from '#link/run-folder.ts';
import { eventually, startHouse, type House } from './support/house.ts';
import { sixWords } from './support/resume-house.ts';
import { snowball, type Language, type Said } from './support/snowball.ts';

/** Cheap, so that the starter limits let every order of this file through. */
const symbol = '015760';
let house: House;

before(async () => {
  house = await startHouse({ hasStrategies: false, options: { gateway: { callsPerSecond: 20 } } });
});
after(() => house.stop());

function command(...args: readonly string[]): Promise<Said> {
  return snowball({ home: house.installation }, ...args);
}

function inKorean(...args: readonly string[]): Promise<Said> {
  return snowball({ home: house.installation, language: 'ko' }, ...args);
}

async function jsonOf<T>(...args: readonly string[]): Promise<T> {
  const { code, out, errors } = await command(...args, '--json');
  assert.deepEqual([code, errors], [0, []], args.join(' '));
  return JSON.parse(out) as T;
}

async function bothLanguages(...args: readonly string[]): Promise<Readonly<Record<Language, Said>>> {
  const [ko, en] = await Promise.all([inKorean(...args), command(...args)]);
  return { ko, en };
}

describe('a person at the terminal of a running house', () => {
  test('snowball status shows the trial account, its clock and the head of the journal', async () => {
    const { status, portfolio } = await eventually('the balance', 30_000, () =>
      jsonOf<{ status: StatusView; portfolio: PortfolioView }>('status').catch(() => null),
    );
    const { ko, en } = await bothLanguages('status');

    assert.deepEqual([status.environment, status.halted, status.clockSpeed], ['trial', null, 10]);
    assert.equal(portfolio.cash, 10_000_000);
    assert.match(status.journal.hash, /^[0-9a-f]{64}$/);
    assert.match(en.out, /^environment {2}trial · kis ••\d{4}-01\nclock {2}.* KST × 10 · /);
    assert.match(ko.out, /\n예수금 {2}10,000,000원\n/);
  });

  test('snowball quote shows the price with its change, its time and the name', async () => {
    const quote = await eventually('a price', 30_000, () => jsonOf<QuoteView>('quote', symbol).catch(() => null));
    const { out } = await inKorean('quote', symbol);

    assert.ok(quote.price >= quote.lowerLimit && quote.price <= quote.upperLimit);
    assert.match(out, /^한국전력 [\d,]+원 {2}[▲▼–] .*% {0,1}\).* \d\d:\d\d:\d\d KST\n$/);
  });

  test('snowball order previews, buys, shows and cancels; every step leaves one order', async () => {
    const price = String(await lowPrice());
    const buy = ['order', 'buy', symbol, '--quantity', '3', '--price', price];
    const verdict = await eventually('the guard to let it through', 60_000, () =>
      jsonOf<{ approved: boolean }>(...buy, '--preview').catch(() => null),
    );
    const placed = await jsonOf<OrderView>(...buy);
    const shown = JSON.parse((await command('order', 'show', placed.orderId)).out) as OrderView;
    const listed = await command('order', 'list');
    const cancelled = await command('order', 'cancel', placed.orderId);
    const after = await eventually('the cancel to be confirmed', 30_000, async () => {
      const order = await house.gateway.call('order', { orderId: placed.orderId });
      return order.state === 'cancelled' ? order : null;
    });

    assert.equal(verdict.approved, true);
    assert.deepEqual([shown.symbol, shown.quantity, shown.requester], [symbol, 3, 'cli']);
    assert.equal(listed.out.split('\n').filter((line) => line.includes(placed.orderId)).length, 1);
    assert.equal(cancelled.code, 0);
    assert.equal(after.filled, 0);
  });

  test('snowball order ends with 1 and the rule when the guard says no, and says that an unknown order is not there', async () => {
    const dear = await command('order', 'buy', symbol, '--quantity', '1000', '--price', String(await lowPrice()));
    const { ko, en } = await bothLanguages('order', 'show', 'nothing');

    assert.equal(dear.code, 1);
    assert.match(dear.out, /denied[\s\S]*order-value: [\d,]+ \/ 1000000 won/);
    assert.deepEqual([ko.code, en.code, ko.errors.length, en.errors.length], [1, 1, 1, 1]);
    assert.match(ko.errors[0] ?? '', /^그런 주문이 없어요\..*\[order\.not-found\]$/);
    assert.match(en.errors[0] ?? '', /^Cannot find the order "nothing".*\[order\.not-found\]$/);
  });

  test('INV-13 snowball halt keeps its reason until snowball resume, which asks for its code and for the six words', async () => {
    const halted = await inKorean('halt', '--reason', 'trying it out');
    const status = await jsonOf<{ status: StatusView }>('status');
    const refused = await command('order', 'buy', symbol, '--quantity', '2', '--price', String(await lowPrice()));
    const asked = await inKorean('resume');
    const [code = ''] = /\d{6}/.exec(asked.out.split('--confirm').at(-1) ?? '') ?? [];
    const typed = (input: string, number: string): Promise<Said> =>
      snowball({ home: house.installation, language: 'ko', input }, 'resume', '--confirm', number);
    const shown = await command('vault', 'words');
    const words = sixWords(house);
    const wrong = await typed('not the words\n', code);
    const guessed = await typed(`${words}\n`, code === '000000' ? '000001' : '000000');
    const admins = await command('resume', '--confirm', code, '--admin');
    const resumed = await typed(`${words}\n`, code);
    const again = await typed(`${words}\n`, code);

    assert.match(halted.out, /^모든 주문을 멈췄어요\./);
    assert.equal(status.status.halted?.reason, 'trying it out');
    assert.deepEqual([refused.code, asked.code, guessed.code, resumed.code, again.code], [1, 0, 1, 0, 1]);
    assert.match(refused.out, /halted: /);
    assert.ok(shown.out.includes(words));
    assert.deepEqual([wrong.code, admins.code], [1, 1]);
    assert.match(wrong.errors.join('\n'), /\[vault\.wrong-passphrase\]$/);
    assert.match(admins.errors.join('\n'), /\[gateway\.resume-proof\]$/);
    assert.equal(wrong.out + resumed.out.replace('매매를 다시 켰어요.\n', ''), '', 'the words are shown nowhere');
    assert.match(asked.out, /부터 멈춰 있어요\(cli\): trying it out\n/);
    assert.match(guessed.errors.join('\n'), /^확인 번호가 맞지 않거나 지났어요\..*\[gateway\.resume-code\]$/);
    assert.equal((await jsonOf<{ status: StatusView }>('status')).status.halted, null);
  });

  test('T11 each command shows the capability that it needs, and ops´ alone opens no loosening', async () => {
    const folder = runFolderOf(house.home);
    const files = [cliTokenFile, adminTokenFile].map((name) => join(folder, name));
    const unlisted = await command('risk', 'unlist', symbol);
    const listed = await command('risk', 'list', symbol);
    // What admin's file holds is not needed for anything that ops does.
    const kept = readFileSync(files[1]!, 'utf8');
    writeFileSync(files[1]!, readFileSync(files[0]!, 'utf8'));
    const status = await command('status');
    const loosened = await command('risk', 'set', 'orderValueMax', '1500000', '--loosen');
    writeFileSync(files[1]!, kept);
    const wished = await command('risk', 'set', 'orderValueMax', '1500000', '--loosen');

    assert.deepEqual(
      files.map((file) => statSync(file).mode & 0o777),
      [0o600, 0o600],
    );
    assert.match(unlisted.out, new RegExp(`not to be bought: ${symbol}`));
    assert.doesNotMatch(listed.out, /not to be bought/);
    assert.deepEqual([status.code, loosened.code, wished.code], [0, 1, 0]);
    assert.match(wished.out, /orderValueMax|order value/);
  });

  test('snowball order declare, confirm and settle say what is wrong with what was said', async () => {
    const declared = await command('order', 'declare', 'buy', symbol, '--quantity', '3', '--number', '0000000001');
    const said = [
      await command('order', 'declare', 'hold', symbol, '--quantity', '3'),
      await command('order', 'settle', 'none', '--absent'),
      await command('order', 'settle', 'none', '--absent', '--number', '1'),
      await command('order', 'settle', 'none', '--number', 'no number'),
      await command('order', 'confirm', 'none'),
    ];

    assert.equal(declared.code, 0, declared.errors.join());
    assert.deepEqual(
      said.map(({ code, errors }) => [code, /\[([\w.-]+)\]$/.exec(errors.join())?.[1]]),
      [
        [1, 'cli.choice'],
        [1, 'order.not-found'],
        [1, 'cli.option'],
        [1, 'cli.option'],
        [1, 'order.not-denied'],
      ],
    );
  });

  test('snowball login makes an address that opens the console once', async () => {
    const { code, out } = await command('login');
    const address = new URL(out.trim());
    const open = (): Promise<Response> =>
      fetch(new URL('/api/login/one-time', address), {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: address.origin },
        body: JSON.stringify({ code: address.hash.slice(1) }),
      });

    assert.equal(code, 0);
    assert.equal(address.hostname, '127.0.0.1');
    assert.deepEqual([(await open()).status, (await open()).status], [200, 401]);
  });

  test('snowball login --forget-passphrase ends every session and lets a new passphrase be set', async () => {
    const come = async (option: readonly string[]): Promise<{ origin: string; cookie: string; state: unknown }> => {
      const { out } = await command('login', ...option);
      const { origin, hash } = new URL(out.trim());
      const answer = await post(origin, '/api/login/one-time', { code: hash.slice(1) });
      return { origin, cookie: cookieOf(answer), state: await stateOf(answer) };
    };
    const first = await come([]);
    const chosen = { passphrase: 'correct horse battery staple orbit lantern' };
    const inside = await post(first.origin, '/api/passphrase', chosen, first.cookie);
    const again = await come(['--forget-passphrase']);
    const session = await fetch(`${first.origin}/api/session`, { headers: { cookie: cookieOf(inside) } });

    assert.deepEqual([first.state, await stateOf(inside)], ['passphrase-unset', 'open']);
    assert.deepEqual([again.state, await stateOf(session)], ['passphrase-unset', 'terminal-needed']);
  });

  test('snowball doctor finds nothing to mend here, and names the command that closes a folder others can read', async () => {
    const open = mkdtempSync(join(house.installation, 'open-'));
    chmodSync(open, 0o755);
    const findings = await jsonOf<readonly { what: string; ok: boolean }[]>('doctor');
    const { ko, en } = await bothLanguages('doctor');
    const found = await snowball({ home: open }, 'doctor');

    assert.ok(findings.length >= 6 && findings.every(({ ok }) => ok));
    assert.match(ko.out, /✓ 데이터 폴더: /);
    assert.match(en.out, /✓ folder mode: readable by you alone\n/);
    assert.equal(found.code, 1);
    assert.match(found.out, /✗ folder mode: others can look in \(755\): run chmod 700 ".*open-/);
  });

  test('snowball journal verify tells an intact journal, a changed byte and a missing file apart', async () => {
    const copy = join(house.installation, 'copy');
    copyFileSync(join(house.home, 'gateway', 'journal'), copy);
    const intact = await bothLanguages('journal', 'verify');
    const bytes = readFileSync(copy);
    const place = bytes.indexOf('order.intent') + 3;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    writeFileSync(copy, bytes);
    const flipped = await bothLanguages('journal', 'verify', '--file', copy);
    const missing = await bothLanguages('journal', 'verify', '--file', join(house.installation, 'nowhere'));

    assert.match(intact.ko.out, /^기록 \d+개가 온전해요\. 머리 [0-9a-f]{64}\n서명 \d+개, \d+번까지 서명했어요\.\n$/);
    assert.match(
      intact.en.out,
      /^\d+ records are intact\. Head [0-9a-f]{64}\n\d+ checkpoints, signed up to record \d+\.\n$/,
    );
    assert.match(flipped.ko.out, /^기록 \d+번이 바뀌었어요\. 파일을 그대로 두고/);
    assert.match(flipped.en.out, /^Record \d+ was changed: /);
    assert.match(missing.ko.errors.join('\n'), /^기록 파일이 없어요: ".*nowhere"\..*\[journal\.not-found\]$/);
    assert.match(missing.en.errors.join('\n'), /^There is no journal at ".*nowhere".*\[journal\.not-found\]$/);
    assert.deepEqual(
      [intact, flipped, missing].map(({ ko, en }) => [ko.code, en.code]),
      [
        [0, 0],
        [1, 1],
        [1, 1],
      ],
    );
  });
});

test('every command that needs a running house says so when there is none', async () => {
  const nowhere = join(house.installation, 'nobody');
  const said = await Promise.all(
    [['status'], ['halt'], ['login'], ['order', 'list']].map((args) => snowball({ home: nowhere }, ...args)),
  );

  for (const { code, out, errors } of said) {
    assert.deepEqual([code, out, errors.length], [1, '', 1]);
    assert.match(errors[0] ?? '', /^Snowball is not running: .*npm start.*\[cli\.not-running\]$/);
  }
  assert.equal(existsSync(nowhere), false);
});

/** Two per cent under the market, on a price that every tick table of these heights knows. */
async function lowPrice(): Promise<number> {
  const { price } = await house.gateway.call('quote', { symbol });
  return Math.floor((price * 0.98) / 100) * 100;
}

function post(origin: string, path: string, body: unknown, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin, cookie };
  return fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
}

function cookieOf(answer: Response): string {
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

async function stateOf(answer: Response): Promise<unknown> {
  return ((await answer.json()) as { state: unknown }).state;
}
