import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';

import { readInstrumentList, writeInstrumentList } from '#markets/instrument-list.ts';
import { listings } from '#markets/listings.ts';

import { answerJson, openScriptedHost } from '../fixtures/scripted-host.ts';
import { aSimulator } from '../simulator/fixtures/wire-test-kit.ts';
import { zipOne } from '../simulator/masters/zip-one.ts';
import { downloadMasters } from './download-masters.ts';
import { listedInstruments } from './listed-instruments.ts';
import { parseMaster } from './parse-master.ts';

test('downloadMasters() and parseMaster() bring every instrument of the simulator home from both hosts', async (context) => {
  const simulator = await aSimulator();
  context.after(() => simulator.close());

  for (const simulatedOrigin of [simulator.hosts.rest, simulator.hosts.restReal]) {
    const files = await downloadMasters({ simulatedOrigin });
    const records = [...files].flatMap(([market, bytes]) => {
      const parsed = parseMaster(bytes, market);
      assert.deepEqual(parsed.bad, []);
      return parsed.records;
    });

    const known = (rows: readonly { instrument: unknown; name: string; market: string; kind: string }[]): unknown =>
      rows.map((row) => `${String(row.instrument)} ${row.name} ${row.market} ${row.kind}`).toSorted();
    assert.deepEqual([...files.keys()], ['KOSPI', 'KOSDAQ', 'KONEX']);
    assert.deepEqual(known(records), known(listings.map((listing) => ({ ...listing, instrument: listing.id }))));
    const list = { date: Temporal.PlainDate.from('2026-11-23'), instruments: listedInstruments(records) };
    assert.deepEqual(readInstrumentList(writeInstrumentList(list)), list);
    assert.equal(list.instruments.length, listings.length);
    const samsung = records.find(({ code }) => code === '005930');
    assert.deepEqual([samsung?.isin, samsung?.basePrice, samsung?.marginBps], ['KR7005930003', 50_000, 2_000]);
  }
});

test('downloadMasters() speaks to the published host or to loopback, and to nobody else', async () => {
  for (const simulatedOrigin of [
    'http://127.0.0.1.example.com',
    'https://example.com',
    'nonsense',
    'http://10.0.0.1:80',
  ]) {
    await assert.rejects(downloadMasters({ simulatedOrigin }), { code: 'kis.host-mismatch' });
  }
});

async function hostOf(context: TestContext, status: number, body: Buffer): Promise<string> {
  const host = await openScriptedHost((_call, response) => {
    response.writeHead(status, { 'Content-Type': 'application/zip' });
    response.end(body);
  });
  context.after(() => host.close());
  return host.rest;
}

test('downloadMasters() says that a file could not be had, or not unpacked', async (context) => {
  const page = await openScriptedHost((_call, response) => answerJson(response, 404, {}));
  context.after(() => page.close());
  const half = await hostOf(context, 200, zipOne('a.mst', Buffer.from('x')).subarray(0, 40));
  const huge = await hostOf(context, 200, Buffer.alloc(17 * 1024 * 1024));

  await assert.rejects(downloadMasters({ simulatedOrigin: page.rest }), { code: 'kis.master-unavailable' });
  await assert.rejects(downloadMasters({ simulatedOrigin: half }), { code: 'kis.master-unreadable' });
  await assert.rejects(downloadMasters({ simulatedOrigin: huge }), /answer-too-large/);
  await assert.rejects(downloadMasters({ simulatedOrigin: 'http://127.0.0.1:9' }), /ECONNREFUSED/);
});
