import type { ReactNode } from 'react';
import type { ApiFailure } from '../data/api.ts';
import { useText } from '../data/preferences.tsx';
import css from './panel.module.css';

/** Why an action did not happen, with the code small behind it; nothing when it did. */
export function FailureNote({ error }: { readonly error: ApiFailure | null }): ReactNode {
  const text = useText();
  if (error === null) return null;
  const known: Readonly<Record<string, string>> = text.failures;
  return (
    <p role="alert" className={css['failure']}>
      {error.status === 0 ? text.panel.unreachable : (known[error.code] ?? text.failures.other)}{' '}
      <span className={css['code']}>{error.code}</span>
    </p>
  );
}
