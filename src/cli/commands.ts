import type { Command } from 'commander';

/** Every command by its name, in the order of `--help`, and where it is loaded from. */
export const commands: Readonly<Record<string, () => Promise<() => Command>>> = {
  up: async () => (await import('./commands/up.ts')).upCommand,
  status: async () => (await import('./commands/status.ts')).statusCommand,
  login: async () => (await import('./commands/login.ts')).loginCommand,
  quote: async () => (await import('./commands/quote.ts')).quoteCommand,
  order: async () => (await import('./commands/order.ts')).orderCommand,
  halt: async () => (await import('./commands/halt.ts')).haltCommand,
  resume: async () => (await import('./commands/resume.ts')).resumeCommand,
  approve: async () => (await import('./commands/approve.ts')).approveCommand,
  alerts: async () => (await import('./commands/alerts.ts')).alertsCommand,
  risk: async () => (await import('./commands/risk.ts')).riskCommand,
  replay: async () => (await import('./commands/replay.ts')).replayCommand,
  backtest: async () => (await import('./commands/backtest.ts')).backtestCommand,
  optimise: async () => (await import('./commands/optimise.ts')).optimiseCommand,
  validate: async () => (await import('./commands/validate.ts')).validateCommand,
  strategy: async () => (await import('./commands/strategy.ts')).strategyCommand,
  data: async () => (await import('./commands/data.ts')).dataCommand,
  indicators: async () => (await import('./commands/indicators.ts')).indicatorsCommand,
  journal: async () => (await import('./commands/journal.ts')).journalCommand,
  vault: async () => (await import('./commands/vault.ts')).vaultCommand,
  testbed: async () => (await import('./commands/testbed.ts')).testbedCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
};
