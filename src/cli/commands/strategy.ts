import { Command } from 'commander';
import { say } from '#link/language.ts';
import { strategyNewCommand } from './strategy-new.ts';
import { strategyPresetsCommand } from './strategy-presets.ts';
import { strategyPromoteCommand } from './strategy-promote.ts';
import { strategyRecipesCommand } from './strategy-recipes.ts';
import {
  strategyExportCommand,
  strategyImportCommand,
  strategyLintCommand,
  strategyShowCommand,
} from './strategy-rules.ts';
import { strategyTestCommand } from './strategy-test.ts';

/** `snowball strategy …`: one file a subcommand. */
export function strategyCommand(): Command {
  return new Command('strategy')
    .description(say('전략을 만들고 시험하고 다뤄요.', 'Make, test and look after strategies.'))
    .addCommand(strategyNewCommand())
    .addCommand(strategyTestCommand())
    .addCommand(strategyPresetsCommand())
    .addCommand(strategyRecipesCommand())
    .addCommand(strategyShowCommand())
    .addCommand(strategyLintCommand())
    .addCommand(strategyImportCommand())
    .addCommand(strategyExportCommand())
    .addCommand(strategyPromoteCommand());
}
