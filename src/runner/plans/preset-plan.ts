import { FixConfiguration } from '#domain/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import { say } from '#link/language.ts';
import { presetById, presets } from '#strategy/rules/presets/presets.ts';
import { resolveProgram } from '#strategy/rules/resolve-program.ts';
import { ruleStrategy } from '#strategy/rules/rule-strategy.ts';
import { withParameters } from '#strategy/rules/with-parameters.ts';
import { RulesBrain } from '../rules-brain.ts';
import type { StrategyEntry } from './snowball-config.ts';
import type { StrategyPlan } from './strategy-plan.ts';

/**
 * A preset of ours with the person's numbers, interpreted in this process.
 *
 * @throws {FixConfiguration} `runner.config` for a preset that is not there and numbers that it does not take
 */
export function presetPlan(entry: Extract<StrategyEntry, { kind: 'preset' }>): StrategyPlan {
  const { name, symbols, interval, settings } = entry;
  const preset = presetById(entry.preset);
  if (preset === null) {
    const known = presets.map(({ id }) => id).join(', ');
    const shown = entry.preset;
    throw unusable(
      name,
      `"${shown}" 프리셋은 없어요. (${known})`,
      `there is no preset "${shown}", wanted one of ${known}`,
    );
  }
  const resolved = resolveProgram(preset.program, settings);
  if (resolved.kind === 'problem') {
    const { where, found, wanted } = resolved.problem;
    throw unusable(name, `${where}: ${found} (${wanted})`, `${where} has ${found}, wanted ${wanted}`);
  }
  const { rules } = resolved;
  const program = withParameters(preset.program, settings);
  const instruments = symbols.map(instrumentId);
  return {
    name,
    kind: 'rules',
    symbols,
    interval,
    remark: say(preset.name.ko, preset.name.en),
    brain: (context, events) =>
      new RulesBrain(ruleStrategy({ name, rules, program, instruments, interval }), context, events),
  };
}

function unusable(name: string, ko: string, en: string): FixConfiguration {
  return new FixConfiguration(
    'runner.config',
    say(`config/snowball.yaml의 전략 "${name}": ${ko}`, `Cannot use strategy "${name}" of config/snowball.yaml: ${en}`),
  );
}
