import { useState, type ReactNode } from 'react';
import type { LimitPolicyView } from '#link/limit-api.ts';
import { limitWords } from '#link/limit-names.ts';
import { usePreferences, useText } from '../data/preferences.tsx';
import { useLimitPolicy, useSetLimit, useWithdrawLimit } from '../data/use-limit-policy.ts';
import css from '../pages/safety.module.css';
import { plain } from '../words/number.ts';
import { minuteClock } from '../words/seoul.ts';
import { Button, HoldButton } from './button.tsx';
import { Card } from './card.tsx';
import { FailureNote } from './failure-note.tsx';
import { NumberField } from './number-field.tsx';
import { Panel } from './panel.tsx';

/** Set one limit of the account: tighter at once, looser after a wait that can be called off. */
export function LimitEditCard(): ReactNode {
  const { safety } = useText();
  const query = useLimitPolicy();
  return (
    <Card title={safety.edit} meta={safety.editSays}>
      <Panel query={query} what="limits">
        {(policy) => (
          <>
            <EditForm policy={policy} />
            <Waiting policy={policy} />
          </>
        )}
      </Panel>
    </Card>
  );
}

function EditForm({ policy }: { readonly policy: LimitPolicyView }): ReactNode {
  const { safety } = useText();
  const { language } = usePreferences();
  const set = useSetLimit();
  const own = policy.rows.filter(({ scope }) => scope === 'account');
  const [name, setName] = useState('orderValueMax');
  const [value, setValue] = useState<number | null>(null);
  const now = own.find((row) => row.name === name)?.value ?? 0;
  const words = limitWords[name];
  const unit = words?.unit === undefined ? '' : safety.limitUnits[words.unit];
  const isLooser = value !== null && (words?.tighterIs === 'larger' ? value < now : value > now);
  const send = (): void => {
    if (value !== null) set.mutate({ name, value, isLooser }, { onSuccess: () => setValue(null) });
  };
  const isIdle = value === null || value === now || set.isPending;
  return (
    <div className={css['edit']}>
      <label htmlFor="limit-name">{safety.limit}</label>
      <select
        id="limit-name"
        value={name}
        onChange={(event) => {
          setName(event.target.value);
          setValue(null);
        }}
      >
        {own.map((row) => (
          <option key={row.name} value={row.name}>
            {limitWords[row.name]?.[language] ?? row.name}
          </option>
        ))}
      </select>
      <NumberField
        label={safety.editValue}
        hint={safety.editNow(`${plain(now)} ${unit}`)}
        unit={unit}
        value={value}
        step={Math.max(1, Math.round(now / 10))}
        lowerLabel={safety.editLess}
        higherLabel={safety.editMore}
        onChange={setValue}
      />
      <FailureNote error={set.error} />
      {isLooser ? (
        <HoldButton isWide disabled={isIdle} onHeld={send}>
          <span>{safety.editLoosen}</span>
        </HoldButton>
      ) : (
        <Button isWide disabled={isIdle} onClick={send}>
          {safety.editTighten}
        </Button>
      )}
    </div>
  );
}

function Waiting({ policy }: { readonly policy: LimitPolicyView }): ReactNode {
  const { safety } = useText();
  const { language } = usePreferences();
  const withdraw = useWithdrawLimit();
  if (policy.waiting.length === 0) return null;
  return (
    <ul className={css['waiting']}>
      {policy.waiting.map((row) => (
        <li key={row.id}>
          <span>
            {limitWords[row.name]?.[language] ?? row.name} {plain(row.value)} ·{' '}
            {safety.editFrom(minuteClock(row.effectiveAt))}
          </span>
          <Button size="s" disabled={withdraw.isPending} onClick={() => withdraw.mutate(row.id)}>
            {safety.editCancel}
          </Button>
        </li>
      ))}
      <FailureNote error={withdraw.error} />
    </ul>
  );
}
