import assert from 'node:assert/strict';
import { it } from 'node:test';
import { reportScriptHash as ours } from '#backtest/report/report-script.ts';
import { reportScriptHash } from '#server/report-script-hash.ts';

it('the server allows the one script that reports have, and its hash is written down twice alike', () => {
  assert.equal(reportScriptHash, ours);
});
