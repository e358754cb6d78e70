import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { SessionAnswer } from '../../src/server/answers.ts';
import { post, type ApiFailure } from '../data/api.ts';
import { usePreferences, useText } from '../data/preferences.tsx';
import css from '../pages/login.module.css';
import { drawWords } from '../words/draw-words.ts';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';

/** Six drawn words or an own passphrase, typed again, and put on paper. */
export function SetPassphrase(): ReactNode {
  const { text, language } = usePreferences();
  const { login } = text;
  const client = useQueryClient();
  const [words, setWords] = useState(() => drawWords(language));
  const [own, setOwn] = useState<string | null>(null);
  const [again, setAgain] = useState('');
  const [isNoted, setNoted] = useState(false);
  const save = useMutation<SessionAnswer, ApiFailure, string>({
    mutationFn: (passphrase) => post('/api/passphrase', { passphrase }),
    onSuccess: (standing) => client.setQueryData(['session'], standing),
  });
  const chosen = own ?? words.join(' ');
  const isSame = normal(again) !== '' && normal(again) === normal(chosen);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(chosen);
  };
  return (
    <form className={css['box']} onSubmit={submit}>
      <h1>{login.setTitle}</h1>
      <p className={css['why']}>{login.setSays}</p>
      {own === null ? (
        <DrawnWords words={words} onRedraw={() => setWords(drawWords(language))} onOwn={() => setOwn('')} />
      ) : (
        <OwnPassphrase value={own} onChange={setOwn} onDrawn={() => setOwn(null)} />
      )}
      <div className={css['field']}>
        <label htmlFor="again">{own === null ? login.again : login.againOwn}</label>
        <input
          id="again"
          type={own === null ? 'text' : 'password'}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={again}
          aria-describedby="again-help"
          onChange={(event) => setAgain(event.target.value)}
        />
        <p className={css['help']} id="again-help" role="status">
          {isSame && <Icon name="check" size="s" />}
          {own === null ? wordsHelp(login, words, again) : again !== '' && (isSame ? login.matchesOwn : login.differs)}
        </p>
      </div>
      <label className={css['check']}>
        <input type="checkbox" checked={isNoted} onChange={(event) => setNoted(event.target.checked)} />
        <span>{login.noted}</span>
      </label>
      {save.isError && (
        <p className={classes(css['help'], css['bad'])} role="alert">
          {save.error.code === 'login.passphrase-weak' ? login.weak : login.failed}
        </p>
      )}
      <Button type="submit" tone="primary" size="l" isWide disabled={!isSame || !isNoted || save.isPending}>
        {login.set}
      </Button>
    </form>
  );
}

interface DrawnWordsProps {
  readonly words: readonly string[];
  readonly onRedraw: () => void;
  readonly onOwn: () => void;
}

function DrawnWords({ words, onRedraw, onOwn }: DrawnWordsProps): ReactNode {
  const { login } = useText();
  return (
    <div className={css['words']} role="group" aria-label={login.words}>
      <ol>
        {words.map((word, index) => (
          <li key={`${index}-${word}`}>{word}</li>
        ))}
      </ol>
      <div className={css['wordsDo']}>
        <span>{login.wordsBits}</span>
        <Button size="s" onClick={onRedraw}>
          <Icon name="refresh" />
          {login.redraw}
        </Button>
        <Button size="s" onClick={onOwn}>
          {login.own}
        </Button>
      </div>
    </div>
  );
}

interface OwnPassphraseProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onDrawn: () => void;
}

function OwnPassphrase({ value, onChange, onDrawn }: OwnPassphraseProps): ReactNode {
  const { login } = useText();
  return (
    <div className={css['field']}>
      <label htmlFor="own">{login.ownLabel}</label>
      <input
        id="own"
        type="password"
        autoComplete="new-password"
        autoFocus
        value={value}
        aria-describedby="own-help"
        onChange={(event) => onChange(event.target.value)}
      />
      <p className={css['help']} id="own-help">
        {login.ownHint}
      </p>
      <p>
        <Button size="s" onClick={onDrawn}>
          {login.drawn}
        </Button>
      </p>
    </div>
  );
}

function wordsHelp(login: ReturnType<typeof useText>['login'], words: readonly string[], again: string): string {
  const typed = normal(again).split(' ').filter(Boolean);
  if (normal(again) === words.join(' ')) return login.matches;
  const wrong = typed.findIndex((word, index) => !(words[index] ?? '').startsWith(word));
  if (wrong >= 0) return login.wrongWord(wrong + 1);
  return login.typing(typed.length);
}

function normal(text: string): string {
  return text.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
}
