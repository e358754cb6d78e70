import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { verifyJournal } from '#journal/verify-journal.ts';
import { cliTokenFile, runFolderOf } from '#link/run-folder.ts';
import { oneSentence, processesOf, snowball, startSnowball, type Language, type Said } from './support/snowball.ts';

const root = join(import.meta.dirname, '..');
const tutorial = join(root, 'examples', 'tutorial');
const languages: readonly Language[] = ['ko', 'en'];
let folder: string;
let other: Server;
let takenPort: string;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'snowball-sentences-'));
  other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  takenPort = String((other.address() as AddressInfo).port);
});

after(() => {
  other.close();
  rmSync(folder, { recursive: true, force: true });
});

function home(name: string): string {
  return join(folder, name);
}

function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** A strategy folder whose configuration is `config`. */
function strategyOf(name: string, config: string): string {
  const strategy = join(folder, name);
  mkdirSync(strategy, { recursive: true });
  writeFileSync(join(strategy, 'trading_config.yaml'), config);
  copyFileSync(join(tutorial, 'target_stocks.txt'), join(strategy, 'target_stocks.txt'));
  return strategy;
}

/** An installation whose only strategy is the folder `strategy`. */
function installationOf(name: string, strategy: string): string {
  mkdirSync(join(folder, name), { recursive: true });
  const config = `config: ${JSON.stringify(join(strategy, 'trading_config.yaml'))}`;
  const targets = `targets: ${JSON.stringify(join(strategy, 'target_stocks.txt'))}`;
  const entry = ['name: mine', 'kind: rules', config, targets, 'interval: 1m'].join('\n    ');
  return fileOf(join(name, 'snowball.yaml'), `strategies:\n  - ${entry}\n`);
}

/** Runs one command in both languages at once and expects of each: code 1, nothing told as a result, one line. */
async function refusedIn(args: readonly string[], wanted: Readonly<Record<Language, RegExp>>): Promise<void> {
  const said = await Promise.all(languages.map((language) => snowball({ home: home('none'), language }, ...args)));
  for (const [index, language] of languages.entries()) assert.match(oneSentence(said[index]!), wanted[language]);
}

/** What `up` says when it gives up: the line with ✗, and no other that tells of a failure; no stack. */
function oneFailure(said: Said, wanted: RegExp): void {
  const failures = said.errors.filter(
    (line) => !/^✓|^Starting |^Stopping|^Everything |체험을|멈추고|모두 멈/.test(line),
  );
  assert.equal(said.code, 1);
  assert.equal(failures.length, 1, failures.join('\n'));
  assert.match(failures[0] ?? '', wanted);
}

describe('a command line that cannot be read ends with 1 and one sentence in the language of the terminal', () => {
  const cases: readonly (readonly [what: string, args: readonly string[], ko: RegExp, en: RegExp])[] = [
    [
      'an unknown command',
      ['quot'],
      /^"snowball"에 "quot" 명령이 없어요\. 혹시 quote인가요\?$/,
      /Did you mean quote\?$/,
    ],
    [
      'an unknown word after a command',
      ['order', 'nope'],
      /"nope" 명령이 없어요/,
      /^"snowball order" has no command "nope"/,
    ],
    [
      'an unknown option',
      ['quote', '--jso', '005930'],
      /--jso 옵션이 없어요\. 혹시 --json/,
      /has no option --jso\. Did you mean/,
    ],
    [
      'a missing value',
      ['quote'],
      /<symbol> 값이 빠졌어요\. "snowball quote --help"/,
      /lacks its <symbol>\. See "snowball quote --help"/,
    ],
    [
      'a missing option',
      ['order', 'buy', '005930', '--price', '1'],
      /--quantity <shares> 옵션이 빠졌어요/,
      /lacks the option --quantity/,
    ],
    [
      'an option without its value',
      ['up', '--port'],
      /--port <number> 옵션에 값이 빠졌어요/,
      /option --port <number> lacks its value/,
    ],
    ['too many values', ['quote', '005930', '000660'], /값이 너무 많아요/, /was given too many values/],
    [
      'a port that is no number',
      ['up', '--port', 'x'],
      /--port 값을 쓸 수 없어요: "x"/,
      /Cannot use --port "x": write a whole number/,
    ],
    [
      'a key of the wrong length',
      ['testbed', 'kis', '--app-key-real', 'abc'],
      /--app-key-real 값을 .* 36자로/,
      /Cannot use --app-key-real: write 36 characters/,
    ],
  ];
  for (const [what, args, ko, en] of cases) test(what, () => refusedIn(args, { ko, en }));
});

describe('an unknown symbol is said before anything else, with nothing running', () => {
  const wanted = {
    ko: /^"12" 종목을 찾지 못했어요.*005930처럼.*\[cli\.unknown-symbol\]$/,
    en: /^Cannot find the symbol "12": /,
  };
  test('snowball quote', () => refusedIn(['quote', '12'], wanted));
  test('snowball order buy', () => refusedIn(['order', 'buy', '12', '--quantity', '1', '--price', '1000'], wanted));
  test('snowball backtest', () =>
    refusedIn(['backtest', tutorial, '--symbols', '12'], {
      ko: /^--symbols 값을 쓸 수 없어요: "12"\. 005930 같은/,
      en: /^Cannot use --symbols "12": wanted six-character codes/,
    }));
});

describe('a strategy that cannot be read ends snowball backtest with file, line and what to write', () => {
  test('a missing folder', () =>
    refusedIn(['backtest', join(folder, 'nowhere')], {
      ko: /trading_config\.yaml"을 읽을 수 없어요/,
      en: /^Cannot read ".*trading_config\.yaml"/,
    }));

  test('malformed YAML', () => {
    const strategy = strategyOf('malformed', 'strategy:\n  ma_short: 5\n  ma_long: [20\n');
    const place = /malformed\/trading_config\.yaml:[34]:\d+: /;
    return refusedIn(['backtest', strategy], {
      ko: new RegExp(`${place.source}YAML 문법이 맞지 않아요`),
      en: new RegExp(`${place.source}This is not valid YAML`),
    });
  });

  test('an unknown key, with the nearest right one', () => {
    const strategy = strategyOf('misspelt', 'strategy:\n  ma_shrot: 5\n');
    return refusedIn(['backtest', strategy], {
      ko: /trading_config\.yaml:2:\d+: .*"ma_shrot".*ma_short/,
      en: /trading_config\.yaml:2:\d+: .*"ma_shrot".*ma_short/,
    });
  });
});

describe('snowball up that cannot start ends with 1 and one sentence, and leaves no process behind', () => {
  test('a missing snowball.yaml is said before anything is started', () =>
    refusedIn(['up', '--port', '0', '--config', '/nowhere/snowball.yaml'], {
      ko: /^설정 파일 "\/nowhere\/snowball\.yaml"을 읽을 수 없어요/,
      en: /^Cannot read the configuration "\/nowhere\/snowball\.yaml"/,
    }));

  test('a malformed snowball.yaml, and a misspelt key of a strategy, each with its line', async () => {
    const malformed = fileOf('malformed.yaml', 'strategies:\n  - name: [\n');
    const misspelt = installationOf('misspelt-home', strategyOf('misspelt', 'strategy:\n  ma_shrot: 5\n'));

    const [korean, english] = await Promise.all([
      snowball({ home: home('ko'), language: 'ko' }, 'up', '--port', '0', '--config', malformed),
      snowball({ home: home('en'), language: 'en' }, 'up', '--port', '0', '--config', misspelt),
    ]);

    oneFailure(korean, /^✗ 전략 실행기: 켜지 못했어요\. .*malformed\.yaml:[23]:\d+: YAML 문법이 맞지 않아요/);
    oneFailure(english, /^✗ strategy runner could not start: .*trading_config\.yaml:2:\d+: .*"ma_shrot".*ma_short/);
    assert.deepEqual([...processesOf(home('ko')), ...processesOf(home('en'))], []);
  });

  test('a port in use is named with the option that changes it', async () => {
    const [korean, english] = await Promise.all([
      snowball({ home: home('ko'), language: 'ko' }, 'up', '--port', takenPort),
      snowball({ home: home('en'), language: 'en' }, 'up', '--port', takenPort),
    ]);

    oneFailure(korean, new RegExp(`^✗ 화면 서버: .*${takenPort}번 포트를.*--port`));
    oneFailure(english, new RegExp(`^✗ web server could not start: .*port ${takenPort};.*--port`));
    assert.deepEqual([...processesOf(home('ko')), ...processesOf(home('en'))], []);
  });

  test('a start that fails before there is a vault asks nobody any more for the words of one', async () => {
    const place = home('no-folder');
    mkdirSync(join(place, 'trial'), { recursive: true });
    writeFileSync(join(place, 'trial', 'gateway'), 'a file where a folder has to be');

    const said = await snowball({ home: place, language: 'en' }, 'up', '--port', '0');

    assert.equal(said.code, 1);
    assert.ok(said.errors.some((line) => line.startsWith('✗ gateway could not start')));
    assert.ok(!said.errors.some((line) => line.includes('six words')), said.errors.join('\n'));
  });

  test('a wrong passphrase leaves vault and journal as they were', async () => {
    const vaults = languages.map((language) => join(home(language), 'trial', 'gateway', 'vault'));
    const right = vaults.map((vault) => readFileSync(`${vault}.passphrase`));
    const before = [...vaults.map(digest), ...languages.map(recordsOf)];

    for (const vault of vaults) writeFileSync(`${vault}.passphrase`, 'wrong words of six they are\n');
    const [korean, english] = await Promise.all([
      snowball({ home: home('ko'), language: 'ko' }, 'up', '--port', '0'),
      snowball({ home: home('en'), language: 'en' }, 'up', '--port', '0'),
    ]);
    for (const [index, vault] of vaults.entries()) writeFileSync(`${vault}.passphrase`, right[index] ?? '');

    oneFailure(korean, /^✗ 게이트웨이: .*금고 암호문이 맞지 않아요.*vault\.passphrase.*\[vault\.wrong-passphrase\]$/);
    oneFailure(english, /^✗ gateway could not start: the passphrase in ".*vault\.passphrase" does not fit the vault/);
    assert.deepEqual([...vaults.map(digest), ...languages.map(recordsOf)], before);
    assert.deepEqual([...processesOf(home('ko')), ...processesOf(home('en'))], []);
  });

  test('a second one on the same home leaves the first one at work, and the home starts again after all that', async () => {
    const first = startSnowball({ home: home('ko') }, ['up', '--port', '0']);
    await first.says(/(http:\/\/127\.0\.0\.1:\d+\/login\S+)/);
    const token = digestOfRunning(home('ko'));
    const started = processesOf(home('ko')).length;

    const second = await Promise.all(
      languages.map((language) => snowball({ home: home('ko'), language }, 'up', '--port', '0')),
    );
    const status = await snowball({ home: home('ko') }, 'status', '--json');
    first.process.kill('SIGINT');
    const { code } = await first.ended;

    oneFailure(second[0] as Said, /^✗ 이 폴더에서 이미 켜져 있어요\(프로세스 \d+\)\. .*\[supervisor\.running\]$/);
    oneFailure(second[1] as Said, /^✗ Cannot start: Snowball is already running here \(process \d+\)/);
    assert.ok(started >= 6, `the command, the supervisor and its four children are seen, found ${started}`);
    assert.equal(digestOfRunning(home('ko')), token);
    assert.equal(status.code, 0);
    assert.equal(code, 0);
    assert.deepEqual(processesOf(home('ko')), []);
  });
});

test('snowball testbed kis on a port in use ends with 1 and one sentence that names the port', async () => {
  const said = await snowball({ home: home('none') }, 'testbed', 'kis', '--rest-real', takenPort);

  assert.match(oneSentence(said), new RegExp(`^Cannot listen on 127\\.0\\.0\\.1:${takenPort}: .*choose another port`));
});

function digest(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** Of the command line's capability, which a second start must not replace. */
function digestOfRunning(installation: string): string {
  const run = runFolderOf(join(installation, 'trial'));
  return digest(join(run, cliTokenFile));
}

function recordsOf(name: string): number {
  const verified = verifyJournal(join(home(name), 'trial', 'gateway', 'journal'));
  assert.equal(verified.kind, 'intact');
  return verified.kind === 'intact' ? verified.records : -1;
}
