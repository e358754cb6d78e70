import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { axeViolations } from './axe-look.ts';
import { launchChromium } from './chromium.ts';
import { startServerUnderTest, type ServerUnderTest } from './server-process.ts';
import { enter, newVisit, open, type Visit } from './visit.ts';

describe('a person', () => {
  let browser: Browser;
  let server: ServerUnderTest;
  let visit: Visit;

  before(async () => {
    [browser, server] = await Promise.all([launchChromium(), startServerUnderTest()]);
    visit = await enter(browser, server);
  });

  after(async () => {
    await browser.close();
    await server.close();
  });

  it('comes in by the one-time URL, which then opens nothing for anybody else', async () => {
    const { context, page } = await newVisit(browser);

    await page.goto(server.url);

    await page.getByRole('heading', { level: 1, name: '화면 암호를 적어 주세요' }).waitFor();
    assert.equal(new URL(page.url()).hash, '');
    await context.close();
  });

  it('logs in again with the passphrase alone, and is told when it is wrong', async () => {
    const { context, page } = await newVisit(browser);
    await page.goto(server.origin);
    await page.fill('#passphrase', '틀린 암호 여섯 단어 입니다 아니요');
    await page.click('button[type=submit]');
    await page.getByText('암호가 맞지 않아요.').waitFor();
    const violations = await axeViolations(page);

    await page.fill('#passphrase', visit.passphrase);
    await page.click('button[type=submit]');

    await page.getByRole('heading', { level: 1, name: '오늘' }).waitFor();
    assert.deepEqual(violations, []);
    await context.close();
  });

  it('sees the order with the unknown outcome first, and finds it', async () => {
    const { page } = visit;
    await open(page, server.origin, '/orders');
    const first = page.locator('main article').first();
    assert.match(await first.innerText(), /알\s수\s없음[\s\S]*SK하이닉스/);

    await page.getByRole('button', { name: '지금 기록 찾기' }).click();

    await first.waitFor({ state: 'detached' });
    assert.ok(server.standIn.calls.some(({ method }) => method === 'find'));
  });

  it('opens the way of an order and reads what the guard compared', async () => {
    const { page } = visit;
    await open(page, server.origin, '/orders');

    await page.getByRole('button', { name: '삼성전자 주문 자세히' }).first().click();

    await page.getByText('점검 결과:').waitFor();
    assert.match(await page.locator('main').innerText(), /1,023,400원 \/ 1,000,000원/);
  });

  it('is told by the guard what would not go out, takes the fix, holds the button, and the order is sent once', async () => {
    const { page } = visit;
    await open(page, server.origin, '/s/005930');
    await page.getByLabel('수량').fill('14');
    await page.getByText('한 번에 1,000,000원까지인데 1,024,800원이에요.').waitFor();
    assert.ok(await page.getByRole('button', { name: /14주 매수/ }).isDisabled());

    await page.getByRole('button', { name: /13주로 바꾸기/ }).click();
    await hold(page, /13주 매수/);
    await page.getByText('증권사가 받았어요.').waitFor();

    const sent = server.standIn.calls.filter(({ method }) => method === 'submit');
    assert.equal(sent.length, 1);
    assert.deepEqual(pick(sent[0]?.params), { symbol: '005930', side: 'buy', quantity: 13, price: 73_200 });
  });

  it('lets the button go too early, and nothing is sent', async () => {
    const { page } = visit;
    await open(page, server.origin, '/s/005930');
    const button = page.getByRole('button', { name: /1주 매수/ });
    await page.getByText(/모두 통과했어요/).waitFor();
    const before = server.standIn.calls.filter(({ method }) => method === 'submit').length;

    await button.click({ delay: 200 });
    await page.getByText(/모두 통과했어요/).waitFor();

    assert.equal(server.standIn.calls.filter(({ method }) => method === 'submit').length, before);
  });

  it('finds a stock by initial consonants and by the wrong keyboard', async () => {
    const { page } = visit;
    await open(page, server.origin, '/');
    for (const query of ['ㅅㅅㅈㅈ', 'tkatjd', '005930']) {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill(query);
      assert.match((await page.getByRole('option').first().innerText()).trim(), /^삼성전자/, query);
      await page.keyboard.press('Escape');
    }
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('ㅅㅅㅈㅈ');

    await page.keyboard.press('Enter');

    await page.waitForURL('**/s/005930');
  });

  it('hides every amount and keeps the percentages', async () => {
    const { page } = visit;
    await open(page, server.origin, '/');

    await page.getByRole('button', { name: '금액 숨기기' }).click();

    const words = await page.locator('main').innerText();
    assert.ok(!words.includes('10,084,297'));
    assert.ok(words.includes('+0.84%'));
    await page.getByRole('button', { name: '금액 보이기' }).click();
  });

  it('runs a backtest and reads the return after costs', async () => {
    const { page } = visit;
    await open(page, server.origin, '/lab');

    await page.selectOption('#strategy', { label: '분할매수·분할매도' });
    await page.getByRole('button', { name: '검증 돌리기' }).click();

    await page.getByRole('heading', { name: '비용을 뺀 수익률' }).waitFor();
    const asked = server.standIn.calls.find(({ method }) => method === 'startBacktest')?.params;
    assert.ok(typeof asked === 'object' && asked !== null && 'strategy' in asked);
    assert.equal(asked.strategy, 'recipe:ladder');
    const violations = await axeViolations(page);
    assert.deepEqual(violations, []);
  });

  it('switches to English, and no Korean of ours is left', async () => {
    const { page } = visit;
    await open(page, server.origin, '/all');

    await page.getByRole('button', { name: 'English' }).click();
    await open(page, server.origin, '/safety');

    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    const words = await page.locator('body').innerText();
    const ours = words.replaceAll(/삼성전자|SK하이닉스/g, '');
    assert.equal(ours.match(/.*[\uAC00-\uD7A3].*/)?.[0], undefined);
    await open(page, server.origin, '/all');
    await page.getByRole('button', { name: '한국어' }).click();
  });

  it('INV-13 holds the stop on any page: the gateway halts, the bar turns black, and coming back takes two steps and the passphrase', async () => {
    const { page } = visit;
    await open(page, server.origin, '/s');

    await hold(page, /^전체 정지/);
    await page.getByText('새 주문을 모두 막고 있어요.').waitFor();
    await page.getByRole('button', { name: /^정지됨/ }).click();
    await page.getByRole('button', { name: '다시 켜기 1/2' }).click();
    await page.getByLabel('화면 암호').fill('틀린 암호 여섯 단어 입니다 아니요');
    await hold(page, /다시 켜기 2\/2/);
    await page.getByText('암호가 맞지 않아요.').waitFor();
    await page.getByLabel('화면 암호').fill(visit.passphrase);
    await hold(page, /다시 켜기 2\/2/);
    await page.getByText('새 주문을 모두 막고 있어요.').waitFor({ state: 'detached' });

    assert.deepEqual(
      server.standIn.calls.filter(({ method }) => method === 'halt' || method === 'resume').map(({ method }) => method),
      ['halt', 'resume'],
    );
  });

  it('leaves, and the page behind the door asks for the passphrase', async () => {
    const { page } = visit;
    await open(page, server.origin, '/orders');

    await page.getByRole('button', { name: '로그아웃' }).click();

    await page.getByRole('heading', { level: 1, name: '화면 암호를 적어 주세요' }).waitFor();
    assert.equal((await page.request.get(`${server.origin}/api/orders`)).status(), 401);
  });
});

async function hold(page: Page, name: RegExp): Promise<void> {
  const button = page.getByRole('button', { name }).first();
  await button.waitFor();
  await button.hover();
  await page.waitForFunction((element) => !(element as HTMLButtonElement).disabled, await button.elementHandle());
  await page.mouse.down();
  await button.and(page.locator(':not(:disabled)')).waitFor();
  // The press itself is what is tested: it lasts a little longer than the page asks for.
  await page.waitForTimeout(1_300);
  await page.mouse.up();
}

function pick(params: unknown): unknown {
  const { symbol, side, quantity, price } = params as Record<string, unknown>;
  return { symbol, side, quantity, price };
}
