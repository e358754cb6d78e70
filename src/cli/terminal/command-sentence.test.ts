import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Command, CommanderError, Option } from 'commander';
import { commandSentence } from './command-sentence.ts';

process.env['SNOWBALL_LANGUAGE'] = 'en';

test('commandSentence() says which values an option takes', () => {
  const command = new Command('export').exitOverride().configureOutput({ outputError: () => undefined });
  command.addOption(new Option('-d, --dialect <name>').choices(['b', 's']));

  assert.throws(
    () => command.parse(['--dialect', 'builder'], { from: 'user' }),
    (error) => {
      assert.ok(error instanceof CommanderError);
      assert.equal(commandSentence(error, 'snowball'), 'Cannot use --dialect "builder": wanted one of b, s.');
      return true;
    },
  );
});
