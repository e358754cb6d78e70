import { MultiSelect } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { BacktestChoice, BacktestJob } from '#link/runner-api.ts';
import type { Dataset } from '../../src/server/answers.ts';
import { useText } from '../data/preferences.tsx';
import { useBacktestChoices } from '../data/queries.ts';
import { useCancelBacktest, useStartBacktest, type BacktestRequest } from '../data/use-backtest.ts';
import css from '../pages/lab.module.css';
import { grouped } from '../words/number.ts';
import { parseOverrides } from '../words/overrides.ts';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import { FailureNote } from './failure-note.tsx';
import { Meter } from './meter.tsx';
import select from './select.module.css';

interface BacktestFormProps {
  readonly datasets: readonly Dataset[];
  /** What was asked last, to be changed. */
  readonly before: BacktestRequest | null;
  /** The job that runs, or how the last one ended; null while conditions are being written. */
  readonly job: BacktestJob | null;
  readonly onStarted: (jobId: string, request: BacktestRequest) => void;
}

const firstSymbols = 5;
const firstCash = 10_000_000;
const strategyOfHouse = 'tutorial';

interface Draft {
  readonly strategy: string;
  readonly symbols: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly cash: number;
  readonly overrides: string;
}

/** Which strategy over which bars with how much money. */
export function BacktestForm({ datasets, before, job, onStarted }: BacktestFormProps): ReactNode {
  const text = useText();
  const { lab } = text;
  const { data: choices = [] } = useBacktestChoices();
  const [draft, setDraft] = useState(() => draftOf(before, datasets));
  const start = useStartBacktest();
  const change = (part: Partial<Draft>): void => setDraft((now) => ({ ...now, ...part }));
  const overrides = parseOverrides(draft.overrides);
  const isRunning = job?.state === 'running' || start.isPending;
  const isWhole = draft.symbols.length > 0 && draft.from !== '' && draft.to !== '' && draft.cash > 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (overrides.kind === 'wrong') return;
    const request: BacktestRequest = {
      strategy: draft.strategy,
      symbols: draft.symbols,
      from: dateNumber(draft.from),
      to: dateNumber(draft.to),
      cash: draft.cash,
      overrides: overrides.values,
    };
    start.mutate(request, { onSuccess: ({ jobId }) => onStarted(jobId, request) });
  };
  return (
    <form onSubmit={submit}>
      <p className={css['intro']}>{lab.startSays}</p>
      <div className={css['form']}>
        <div className={css['field']}>
          <label htmlFor="strategy">{lab.strategy}</label>
          <StrategySelect
            choices={choices}
            value={draft.strategy}
            onChange={(choice) => change(withChoice(choice, datasets))}
          />
        </div>
        <div className={css['field']}>
          <label htmlFor="cash">{lab.cash}</label>
          <input
            id="cash"
            inputMode="numeric"
            value={draft.cash === 0 ? '' : grouped(draft.cash)}
            onChange={(event) => change({ cash: Number(event.target.value.replaceAll(/\D/g, '').slice(0, 13)) })}
          />
        </div>
        <MultiSelect
          className={css['whole'] ?? ''}
          classNames={select}
          label={lab.symbols}
          description={lab.symbolsHint}
          inputWrapperOrder={['label', 'input', 'description']}
          searchable
          hidePickedOptions
          maxValues={100}
          limit={50}
          value={[...draft.symbols]}
          data={datasets.map(({ symbol, name }) => ({ value: symbol, label: `${name} ${symbol}` }))}
          comboboxProps={{ transitionProps: { duration: 0 } }}
          onChange={(symbols) => change({ symbols })}
        />
        <DateField id="from" label={lab.from} value={draft.from} onChange={(from) => change({ from })} />
        <DateField id="to" label={lab.to} value={draft.to} onChange={(to) => change({ to })} />
        <div className={classes(css['field'], css['whole'])}>
          <label htmlFor="overrides">{lab.overrides}</label>
          <textarea
            id="overrides"
            rows={2}
            spellCheck={false}
            value={draft.overrides}
            aria-invalid={overrides.kind === 'wrong'}
            aria-describedby="overrides-help"
            onChange={(event) => change({ overrides: event.target.value })}
          />
          <p id="overrides-help" className={classes(css['help'], overrides.kind === 'wrong' && css['bad'])}>
            {overrides.kind === 'wrong' ? lab.overridesWrong(overrides.line) : lab.overridesHint}
          </p>
        </div>
        <div className={classes(css['do'], css['whole'])}>
          <Button type="submit" tone="primary" size="l" disabled={!isWhole || isRunning || overrides.kind === 'wrong'}>
            {lab.run}
          </Button>
          {job !== null && <Progress job={job} />}
          <FailureNote error={start.error} />
        </div>
      </div>
    </form>
  );
}

interface StrategySelectProps {
  readonly choices: readonly BacktestChoice[];
  readonly value: string;
  readonly onChange: (choice: BacktestChoice) => void;
}

/** Strategies of one's own first, then what comes with the house. */
function StrategySelect({ choices, value, onChange }: StrategySelectProps): ReactNode {
  const { lab } = useText();
  const groups = [
    [lab.ownStrategies, choices.filter(({ kind }) => kind === 'rules' || kind === 'code')],
    [lab.recipes, choices.filter(({ kind }) => kind === 'recipe')],
    [lab.presets, choices.filter(({ kind }) => kind === 'preset')],
  ] as const;
  return (
    <select
      id="strategy"
      value={value}
      onChange={({ target }) => {
        const choice = choices.find(({ name }) => name === target.value);
        if (choice !== undefined) onChange(choice);
      }}
    >
      {choices.length === 0 && <option>{value}</option>}
      {groups.map(([label, list]) =>
        list.length === 0 ? null : (
          <optgroup key={label} label={label}>
            {list.map(({ name, title }) => (
              <option key={name} value={name}>
                {title || name}
              </option>
            ))}
          </optgroup>
        ),
      )}
    </select>
  );
}

/** With the symbols that it trades, where there are bars of all of them. */
function withChoice({ name, symbols }: BacktestChoice, datasets: readonly Dataset[]): Partial<Draft> {
  const found = datasets.filter((one) => symbols.includes(one.symbol));
  const isWhole = symbols.length > 0 && found.length === symbols.length;
  return isWhole ? { strategy: name, symbols: [...symbols] } : { strategy: name };
}

function Progress({ job }: { readonly job: BacktestJob }): ReactNode {
  const { lab } = useText();
  const cancel = useCancelBacktest();
  if (job.state === 'failed') {
    return (
      <p role="alert" className={css['bad']}>
        <b>{lab.failed}</b> {job.error}
      </p>
    );
  }
  if (job.state === 'cancelled') return <p role="status">{lab.cancelled}</p>;
  const percent = Math.floor(job.progress * 100);
  return (
    <>
      <span className={css['progress']} role="status">
        {lab.running(percent)}
        <Meter isPlain share={job.progress} label={lab.running(percent)} />
      </span>
      <Button onClick={() => cancel.mutate(job.jobId)} disabled={cancel.isPending}>
        {lab.cancel}
      </Button>
    </>
  );
}

interface DateFieldProps {
  readonly id: string;
  readonly label: string;
  /** `2010-01-04`, or empty. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function DateField({ id, label, value, onChange }: DateFieldProps): ReactNode {
  return (
    <div className={css['field']}>
      <label htmlFor={id}>{label}</label>
      <input id={id} type="date" value={value} onChange={(event) => onChange(event.target.value)} />
    </div>
  );
}

function draftOf(before: BacktestRequest | null, datasets: readonly Dataset[]): Draft {
  if (before !== null) {
    const overrides = Object.entries(before.overrides).map(([name, value]) => `${name}: ${value}`);
    const { strategy, symbols, cash } = before;
    return {
      strategy,
      symbols,
      cash,
      from: dateText(before.from),
      to: dateText(before.to),
      overrides: overrides.join('\n'),
    };
  }
  const first = datasets.slice(0, firstSymbols);
  return {
    strategy: strategyOfHouse,
    symbols: first.map(({ symbol }) => symbol),
    from: dateText(Math.min(...first.map(({ from }) => from))),
    to: dateText(Math.max(...first.map(({ to }) => to))),
    cash: firstCash,
    overrides: '',
  };
}

function dateText(date: number): string {
  const text = String(date);
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
}

function dateNumber(text: string): number {
  return Number(text.replaceAll('-', ''));
}
