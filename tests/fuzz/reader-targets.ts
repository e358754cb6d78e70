import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { masterMarkets } from '#brokers/kis/masters/download-masters.ts';
import { parseMaster } from '#brokers/kis/masters/parse-master.ts';
import { unzipOne } from '#brokers/kis/masters/unzip.ts';
import { FrameReader } from '#brokers/kis/stream/frame-reader.ts';
import type { KisStreamListener } from '#brokers/kis/stream/kis-stream-listener.ts';
import { KisRegistrations } from '#brokers/kis/stream/registrations.ts';
import { readSocketAnswer } from '#brokers/kis/stream/socket-answer.ts';
import { FixConfiguration, Halt } from '#domain/errors.ts';
import { openJournal } from '#journal/open-journal.ts';
import { verifyJournal } from '#journal/verify-journal.ts';
import { readSnowballConfig } from '#runner/plans/snowball-config.ts';
import { readActionsCsv } from '#store/csv/actions-csv.ts';
import { readCsvBars } from '#store/csv/csv-import.ts';
import { readDividendsCsv, readSplitsCsv } from '#store/csv/payments-csv.ts';
import { parseExpression } from '#strategy/rules/expression/parse-expression.ts';
import { readKisYaml } from '#strategy/rules/kis-yaml/read-kis-yaml.ts';
import { readTradingConfig } from '#strategy/trading-config-file.ts';
import { readVaultFile } from '#vault/read-vault-file.ts';
import * as seeds from './reader-seeds.ts';

/** A reader of bytes from outside: whatever it is given, it answers, or throws one of its own errors. */
export interface ReaderTarget {
  readonly name: string;
  readonly seeds: readonly Buffer[];
  /** What a file of its kind is made of. */
  readonly words: readonly string[];
  readonly read: (bytes: Buffer) => unknown;
}

/** Whether an error is one that a reader may throw: a person is told what to mend. */
export function isAnswer(error: unknown): boolean {
  return error instanceof FixConfiguration || error instanceof Halt;
}

/** @param folder for the readers that take a path */
export async function readerTargets(folder: string): Promise<readonly ReaderTarget[]> {
  return [...textTargets(), ...fileTargets(folder), ...brokerTargets(), await journalTarget(folder)];
}

function textTargets(): readonly ReaderTarget[] {
  return [
    { name: 'readKisYaml', seeds: seeds.kisYaml, words: seeds.yamlWords, read: (bytes) => readKisYaml(String(bytes)) },
    {
      name: 'readTradingConfig',
      seeds: seeds.tradingConfig,
      words: seeds.yamlWords,
      read: (bytes) => readTradingConfig(String(bytes)),
    },
    {
      name: 'readSnowballConfig',
      seeds: seeds.houseConfig,
      words: seeds.yamlWords,
      read: (bytes) => readSnowballConfig(String(bytes)),
    },
    {
      name: 'parseExpression',
      seeds: seeds.expressions,
      words: seeds.expressionWords,
      read: (bytes) => parseExpression(String(bytes)),
    },
    { name: 'readVaultFile', seeds: seeds.vaults, words: seeds.vaultWords, read: (bytes) => readVaultFile(bytes) },
  ];
}

function fileTargets(folder: string): readonly ReaderTarget[] {
  const fromFile = (name: string, read: (path: string) => unknown) => (bytes: Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return read(path);
  };
  const words = seeds.csvWords;
  const bars = fromFile('005930.csv', (path) => readCsvBars(path, () => 'unknown'));
  return [
    { name: 'readCsvBars', seeds: seeds.bars, words, read: bars },
    { name: 'readActionsCsv', seeds: seeds.actions, words, read: fromFile('actions.csv', readActionsCsv) },
    { name: 'readDividendsCsv', seeds: seeds.dividends, words, read: fromFile('dividends.csv', readDividendsCsv) },
    { name: 'readSplitsCsv', seeds: seeds.splits, words, read: fromFile('splits.csv', readSplitsCsv) },
  ];
}

function brokerTargets(): readonly ReaderTarget[] {
  const markets = masterMarkets.values().toArray();
  return [
    {
      name: 'parseMaster',
      seeds: seeds.masters,
      words: seeds.masterWords,
      read: (bytes) => markets.map((market) => parseMaster(bytes, market)),
    },
    { name: 'unzipOne', seeds: seeds.archives, words: seeds.masterWords, read: (bytes) => unzipOne(bytes) },
    { name: 'FrameReader', seeds: seeds.frames, words: seeds.frameWords, read: frameReading() },
    {
      name: 'readSocketAnswer',
      seeds: seeds.socketAnswers,
      words: seeds.frameWords,
      read: (bytes) => readSocketAnswer(String(bytes)),
    },
  ];
}

/** One reader of a connection that knows the key of its notices, frame after frame. */
function frameReading(): (bytes: Buffer) => void {
  const anybody = new Proxy({}, { get: () => () => undefined }) as KisStreamListener;
  const reader = new FrameReader({
    environment: 'real',
    account: '1234567801',
    listener: anybody,
    registrations: new KisRegistrations({ environment: 'real', notices: [] }),
    today: () => Temporal.PlainDate.from('2026-11-20'),
    onTrouble: () => undefined,
  });
  reader.learnKey('H0STCNI0', seeds.noticeKey);
  return (bytes) => reader.take(bytes);
}

async function journalTarget(folder: string): Promise<ReaderTarget> {
  const file = join(folder, 'written.journal');
  const journal = await openJournal({ file });
  for (const text of ['가', '"\n', randomBytes(8).toString('hex')]) {
    await journal.append([{ kind: 'order.sending', body: { orderId: 'o-1', text } }]);
  }
  await journal.close();
  const other = join(folder, 'mutant.journal');
  return {
    name: 'verifyJournal',
    seeds: [readFileSync(file)],
    words: seeds.journalWords,
    read: (bytes) => {
      writeFileSync(other, bytes);
      return verifyJournal(other);
    },
  };
}
