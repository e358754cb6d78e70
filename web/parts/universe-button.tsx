import { useState, type ReactNode } from 'react';
import { useText } from '../data/preferences.tsx';
import { useLimitPolicy, useUniverse } from '../data/use-limit-policy.ts';
import { Button, HoldButton } from './button.tsx';
import { FailureNote } from './failure-note.tsx';

/** Takes a stock off the list of those that may be bought, at once; back on it takes a day. */
export function UniverseButton({ symbol }: { readonly symbol: string }): ReactNode {
  const { stock } = useText();
  const { data: policy } = useLimitPolicy();
  const change = useUniverse();
  const [isSure, setSure] = useState(false);
  if (policy === undefined) return null;
  const isListed = !policy.unlisted.includes(symbol);
  const press = (): void => {
    if (isSure) change.mutate({ symbol, isListed: false });
    setSure(!isSure);
  };
  return (
    <>
      {isListed ? (
        <Button size="s" disabled={change.isPending} onClick={press} onBlur={() => setSure(false)}>
          {isSure ? stock.unlistSure : stock.unlist}
        </Button>
      ) : (
        <HoldButton size="s" disabled={change.isPending} onHeld={() => change.mutate({ symbol, isListed: true })}>
          <span>{stock.list}</span>
        </HoldButton>
      )}
      <FailureNote error={change.error} />
    </>
  );
}
