/** A finding that is known: how its text begins, the only file where it may stand, and why it is no secret. */
export interface AllowedFinding {
  readonly file: string;
  readonly begins: string;
  readonly why: string;
}

const kis = 'src/brokers/kis';
const simulated = 'a key of the simulated KIS, which no broker ever issued';

/** Beginnings are shorter than what is looked for, so that this list finds nothing in itself. */
export const allowedFindings: readonly AllowedFinding[] = [
  { file: `${kis}/fixtures/fixture-broker.ts`, begins: 'PSfixtureAppKey', why: simulated },
  { file: `${kis}/fixtures/fixture-broker.ts`, begins: 'fixtureAppSecret', why: simulated },
  { file: `${kis}/fixtures/fixture-broker.ts`, begins: 'fixture.token.', why: simulated },
  { file: `${kis}/fixtures/paper-day.transcript`, begins: 'PSfixtureAppKey', why: simulated },
  { file: `${kis}/fixtures/paper-day.transcript`, begins: 'fixtureAppSecret', why: simulated },
  { file: `${kis}/fixtures/paper-day.transcript`, begins: 'fixture.token.', why: simulated },
  { file: `${kis}/simulator/host/credentials.ts`, begins: 'ABCDEFGHIJKLMNOP', why: 'the alphabet' },
  { file: 'src/text/cp949.test.ts', begins: 'a46f3e7897c8', why: 'the hash of a code page' },
  { file: `${kis}/masters/parse-master.test.ts`, begins: '544947455220c4', why: 'a name of a fund in CP949' },
  { file: `${kis}/masters/parse-master.test.ts`, begins: 'bbefbcba20b7b9', why: 'a name of a fund in CP949' },
  { file: `${kis}/masters/parse-master.test.ts`, begins: 'bfa3bcd6b9d9c0', why: 'a name of a share in CP949' },
  { file: `${kis}/masters/unzip.test.ts`, begins: 'UEsDBBQAAAAIAG', why: 'a small ZIP file' },
  { file: 'src/backtest/report/packed-numbers.ts', begins: 'ABCDEFGHIJKLMNOP', why: 'the alphabet' },
  { file: 'src/backtest/report/report-script.ts', begins: 'ABCDEFGHIJKLMNOP', why: 'the alphabet' },
  { file: 'src/backtest/report/report-script.ts', begins: 'sha256-', why: 'the hash of the script of reports' },
  { file: 'src/server/report-script-hash.ts', begins: 'sha256-', why: 'the hash of the script of reports' },
  { file: 'src/cli/commands/up.ts', begins: 'snowball-vault-key', why: 'the name of a credential of systemd' },
  { file: 'src/gateway/arming.regressions.test.ts', begins: 'PSshelfAppKey', why: simulated },
  { file: 'src/gateway/keys/credentials.test.ts', begins: 'PSshelfAppKey', why: simulated },
  { file: 'src/gateway/keys/credentials.test.ts', begins: 'shelfAppSecret', why: simulated },
  { file: 'src/gateway/fixtures/token-asker.ts', begins: 'PSshelfAppKey', why: simulated },
  { file: 'src/vault/fixtures/format-1.vault', begins: '', why: 'a vault made for the test of its format' },
  { file: 'src/wire/redact.test.ts', begins: 'eyJhbGciOiJIUzUx', why: 'a token that says "token", made for redact()' },
  {
    file: 'tests/readme-backtest.test.ts',
    begins: '12e4a65cc9fe',
    why: 'the hash of the decisions that README.md shows',
  },
  { file: 'tests/supply-chain.test.ts', begins: 'sha1-2jmj7l5r', why: 'the digest of an empty text' },
];
