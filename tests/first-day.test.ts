import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { isTradingDay } from '#markets/calendar.ts';
import { launchChromium } from './browser/chromium.ts';
import { enter, open } from './browser/visit.ts';
import { startHouse, type House } from './support/house.ts';

const checkout = join(import.meta.dirname, '..');
const witness = join(import.meta.dirname, 'support', 'loopback-witness.ts');
const firstFillWithinMs = 180_000;

interface Ran {
  readonly trades: readonly unknown[];
  readonly decisionLogSha256: string;
}

describe('the first day of a newcomer', () => {
  let folder: string;
  let house: House;
  let browser: Browser;
  let page: Page;
  let origin: string;
  let startedAt: number;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'snowball-first-day-'));
    writeFileSync(join(folder, '005930.csv'), syntheticCsv());
    snowball('data', 'import', join(folder, '005930.csv'));
    startedAt = performance.now();
    const runner = { bars: join(folder, 'store', 'bars.sqlite') };
    [browser, house] = await Promise.all([
      launchChromium(),
      startHouse({ nodeFlags: ['--import', witness], options: { runner } }),
    ]);
    const url = String(house.ready.get('server')?.['url']);
    origin = new URL(url).origin;
    ({ page } = await enter(browser, { url, origin } as Parameters<typeof enter>[1]));
  });

  after(async () => {
    await browser.close();
    await house.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives the same trades at the terminal, in two runs and on the page', async () => {
    const [first, second] = [backtestAtTerminal(), backtestAtTerminal()];
    await open(page, origin, '/lab');
    for (const remove of (
      await page.locator('.mantine-MultiSelect-pill button, .mantine-Pill-remove').all()
    ).toReversed()) {
      const pill = remove.locator('xpath=..');
      if (!(await pill.innerText()).includes('005930')) await remove.click();
    }
    await page.fill('#from', '2020-01-02');
    await page.fill('#to', '2023-12-21');
    const result = page.waitForResponse((response) => response.url().endsWith('/result'));
    await page.locator('main form button[type=submit]').click();
    const onPage = (await (await result).json()) as Ran;

    assert.ok(first.trades.length >= 10, `only ${first.trades.length} trades`);
    assert.deepEqual(second, first);
    assert.deepEqual(onPage.trades, first.trades);
    assert.equal(onPage.decisionLogSha256, first.decisionLogSha256);
  });

  it('sees the first fill in the browser within three minutes of the start', async () => {
    await open(page, origin, '/orders');
    const left = firstFillWithinMs - (performance.now() - startedAt);

    await page
      .getByText(/\d주를 [\d,]+원에 샀어요/)
      .first()
      .waitFor({ timeout: left });
  });

  it('can be sure that no process connected to anything but loopback', () => {
    // A thread of a process loads it again under the same number.
    const loaded = new Set(house.lines.flatMap((line) => /witness-loaded \d+/.exec(line) ?? []));
    const left = house.lines.filter((line) => line.includes('left-loopback'));

    assert.equal(loaded.size, 6, `the witness was loaded into ${loaded.size} processes`);
    assert.deepEqual(left, []);
  });

  function backtestAtTerminal(): Ran {
    const out = join(folder, 'out.json');
    const days = ['--from', '2020-01-02', '--to', '2023-12-21'];
    snowball('backtest', 'examples/tutorial', '--symbols', '005930', ...days, '--cash', '10000000', '--json', out);
    const { trades, decisionLogSha256 } = JSON.parse(readFileSync(out, 'utf8')) as Ran;
    return { trades, decisionLogSha256 };
  }

  function snowball(...args: readonly string[]): void {
    const env = { ...process.env, SNOWBALL_HOME: folder };
    const main = join(checkout, 'src', 'cli', 'main.ts');
    const ran = spawnSync(process.execPath, [main, ...args], { cwd: checkout, env, encoding: 'utf8' });
    assert.equal(ran.status, 0, ran.stderr);
  }
});

/** Four years that rise and fall in waves, with gaps at the open, so that every rule of the tutorial trades. */
function syntheticCsv(): string {
  const rows = ['date,open,high,low,close,volume,code,name'];
  let close = 60_000;
  let day = Temporal.PlainDate.from('2019-11-01');
  for (let index = 0; day.year < 2024; day = day.add({ days: 1 })) {
    if (!isTradingDay(day) || day.toString() > '2023-12-21') continue;
    index += 1;
    const openPrice = close + Math.round(300 * Math.sin(index * 1.7));
    close = 60_000 + Math.round(9_000 * Math.sin(index / 17) + 3_000 * Math.sin(index / 3.1));
    const [low, high] = [Math.min(openPrice, close) - 200, Math.max(openPrice, close) + 200];
    rows.push(`${day.toString().replaceAll('-', '')},${openPrice},${high},${low},${close},1000000,005930,삼성전자`);
  }
  return `${rows.join('\n')}\n`;
}
