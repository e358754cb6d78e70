import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import type { SessionAnswer } from '../../src/server/answers.ts';
import { post, type ApiFailure } from '../data/api.ts';
import { useText } from '../data/preferences.tsx';
import css from '../pages/login.module.css';
import { Button } from './button.tsx';
import { classes } from './classes.ts';

/** Asks for the passphrase; after five wrong tries it says how long to wait. */
export function EnterPassphrase({ waitMs }: { readonly waitMs: number }): ReactNode {
  const { login } = useText();
  const client = useQueryClient();
  const [passphrase, setPassphrase] = useState('');
  const enter = useMutation<SessionAnswer, ApiFailure, string>({
    mutationFn: (typed) => post('/api/login/passphrase', { passphrase: typed }),
    onSuccess: (standing) => client.setQueryData(['session'], standing),
  });
  const waitSeconds = useCountdown(enter.error?.waitMs ?? waitMs);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    enter.mutate(passphrase);
  };
  const wrong = enter.isError && waitSeconds === 0 ? sentence(login, enter.error) : '';
  return (
    <form className={css['box']} onSubmit={submit}>
      <h1>{login.passTitle}</h1>
      <p className={css['why']}>{login.passSays}</p>
      <div className={css['field']}>
        <label htmlFor="passphrase">{login.passLabel}</label>
        <input
          id="passphrase"
          type="password"
          autoComplete="current-password"
          autoFocus
          value={passphrase}
          aria-invalid={wrong !== ''}
          aria-describedby="passphrase-help"
          onChange={(event) => setPassphrase(event.target.value)}
        />
        <p className={classes(css['help'], css['bad'])} id="passphrase-help" role="status">
          {waitSeconds > 0 ? login.throttled(waitSeconds) : wrong}
        </p>
      </div>
      <Button
        type="submit"
        tone="primary"
        size="l"
        isWide
        disabled={passphrase === '' || waitSeconds > 0 || enter.isPending}
      >
        {login.enter}
      </Button>
    </form>
  );
}

function sentence(login: ReturnType<typeof useText>['login'], error: ApiFailure): string {
  return error.code === 'login.passphrase' ? login.wrong : login.failed;
}

function useCountdown(waitMs: number): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const endsAt = performance.now() + waitMs;
    const show = (): void => setSeconds(Math.max(0, Math.ceil((endsAt - performance.now()) / 1_000)));
    show();
    const timer = window.setInterval(show, 500);
    return () => window.clearInterval(timer);
  }, [waitMs]);
  return seconds;
}
