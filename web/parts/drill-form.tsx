import { useState, type FormEvent, type ReactNode } from 'react';
import type { KnownFault } from '../../src/server/drill-view.ts';
import { usePreferences, useText } from '../data/preferences.tsx';
import { useAddFault } from '../data/use-drill.ts';
import css from '../pages/system.module.css';
import type { Strings } from '../strings.ko.ts';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import { FailureNote } from './failure-note.tsx';

type Layer = keyof Strings['system']['layers'];

const chances = [100, 50, 20, 5] as const;
const trIdForm = /^(\*|\w{1,20})$/;

/** Chooses a fault in words, where it strikes and how often, and switches it on. */
export function DrillForm({ known }: { readonly known: readonly KnownFault[] }): ReactNode {
  const { system } = useText();
  const add = useAddFault();
  const [fault, setFault] = useState(known[0]?.name ?? '');
  const [trId, setTrId] = useState('*');
  const [count, setCount] = useState('3');
  const [percent, setPercent] = useState(100);
  const isTrId = trIdForm.test(trId);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isTrId) return;
    add.mutate({ fault, trId, probability: percent / 100, count: count === '' ? null : Number(count) });
  };
  return (
    <form className={css['form']} onSubmit={submit}>
      <FaultSelect known={known} value={fault} onChange={setFault} />
      <div className={classes(css['field'], css['first'])}>
        <label htmlFor="drill-tr">{system.trId}</label>
        <input
          id="drill-tr"
          autoComplete="off"
          spellCheck={false}
          value={trId}
          aria-invalid={!isTrId}
          aria-describedby="drill-tr-help"
          onChange={(event) => setTrId(event.target.value.trim())}
        />
        <p id="drill-tr-help" className={classes(css['help'], !isTrId && css['bad'])}>
          {isTrId ? system.trIdHint : system.trIdWrong}
        </p>
      </div>
      <div className={css['field']}>
        <label htmlFor="drill-count">{system.count}</label>
        <input
          id="drill-count"
          inputMode="numeric"
          autoComplete="off"
          value={count}
          aria-describedby="drill-count-help"
          onChange={(event) => setCount(event.target.value.replaceAll(/\D/g, '').replace(/^0+/, '').slice(0, 6))}
        />
        <p id="drill-count-help" className={css['help']}>
          {system.countHint}
        </p>
      </div>
      <div className={css['field']}>
        <label htmlFor="drill-chance">{system.chance}</label>
        <select id="drill-chance" value={percent} onChange={(event) => setPercent(Number(event.target.value))}>
          {chances.map((chance) => (
            <option key={chance} value={chance}>{`${chance}%`}</option>
          ))}
        </select>
      </div>
      <div className={classes(css['do'], css['whole'])}>
        <Button type="submit" tone="primary" disabled={!isTrId || add.isPending}>
          {system.add}
        </Button>
        <FailureNote error={add.error} />
      </div>
    </form>
  );
}

interface FaultSelectProps {
  readonly known: readonly KnownFault[];
  readonly value: string;
  readonly onChange: (name: string) => void;
}

/** Faults by layer, each as the sentence that says what happens; its own name stands under the choice. */
function FaultSelect({ known, value, onChange }: FaultSelectProps): ReactNode {
  const { system } = useText();
  const means = useMeaning();
  const layers = [...new Set(known.map(({ layer }) => layer))];
  return (
    <div className={classes(css['field'], css['whole'])}>
      <label htmlFor="drill-fault">{system.fault}</label>
      <select
        id="drill-fault"
        value={value}
        aria-describedby="drill-fault-name"
        onChange={(event) => onChange(event.target.value)}
      >
        {layers.map((layer) => (
          <optgroup key={layer} label={system.layers[layer as Layer]}>
            {known
              .filter((one) => one.layer === layer)
              .map((one) => (
                <option key={one.name} value={one.name}>
                  {means(one)}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      <p id="drill-fault-name" className={classes(css['help'], css['code'])}>
        {value}
      </p>
    </div>
  );
}

/** What a fault does, in the language of the page. */
export function useMeaning(): (fault: KnownFault) => string {
  const { language } = usePreferences();
  return (fault) => (language === 'ko' ? fault.korean : fault.english);
}
