import { Command } from 'commander';
import { say } from '#link/language.ts';
import { strategyPromoteCommand } from './strategy-promote.ts';

/** `snowball strategy …`: one file a subcommand. */
export function strategyCommand(): Command {
  return new Command('strategy')
    .description(say('전략 파일을 다뤄요.', 'Work on strategy files.'))
    .addCommand(strategyPromoteCommand());
}
