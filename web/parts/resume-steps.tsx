import { useState, type ReactNode } from 'react';
import { useText } from '../data/preferences.tsx';
import { usePrepareResume, useResume, type PreparedResume } from '../data/use-halt.ts';
import css from '../pages/safety.module.css';
import { clock } from '../words/seoul.ts';
import { Button, HoldButton } from './button.tsx';
import { FailureNote } from './failure-note.tsx';
import { TextField } from './text-field.tsx';

const incidentsShown = 5;

/** The two steps back: what happened since, then the passphrase here, or in the terminal where the web may not act by itself. */
export function ResumeSteps(): ReactNode {
  const { safety } = useText();
  const prepare = usePrepareResume();
  const { data: prepared } = prepare;
  if (prepared !== undefined) return <SecondStep prepared={prepared} onBack={prepare.reset} />;
  return (
    <>
      <FailureNote error={prepare.error} />
      <p className={css['stoppedDo']}>
        <Button tone="onDark" size="s" disabled={prepare.isPending} onClick={() => prepare.mutate()}>
          {safety.resumeOne}
        </Button>
      </p>
    </>
  );
}

interface SecondStepProps {
  readonly prepared: PreparedResume;
  readonly onBack: () => void;
}

function SecondStep({ prepared, onBack }: SecondStepProps): ReactNode {
  const { safety } = useText();
  const { incidents, second } = prepared;
  return (
    <>
      {incidents.length > 0 && (
        <ul aria-label={safety.resumeSince}>
          {incidents.slice(-incidentsShown).map(({ code, detail, at }) => (
            <li key={`${at} ${code} ${detail}`}>
              {clock(at)} {code}: {detail}
            </li>
          ))}
        </ul>
      )}
      <p>{safety.resumeAsk}</p>
      {second === 'page' ? (
        <OnPage prepared={prepared} onBack={onBack} />
      ) : (
        <InTerminal prepared={prepared} onBack={onBack} />
      )}
    </>
  );
}

function OnPage({ prepared, onBack }: SecondStepProps): ReactNode {
  const { safety, login } = useText();
  const resume = useResume();
  const [passphrase, setPassphrase] = useState('');
  return (
    <>
      <TextField isSecret label={login.passLabel} value={passphrase} onChange={setPassphrase} />
      <FailureNote error={resume.error} />
      <p className={css['stoppedDo']}>
        <HoldButton
          tone="onDark"
          size="s"
          disabled={passphrase === '' || resume.isPending}
          onHeld={() => resume.mutate({ code: prepared.code, passphrase })}
        >
          <span>{safety.resumeTwo}</span>
        </HoldButton>
        <Button tone="onDark" size="s" onClick={onBack}>
          {safety.resumeBack}
        </Button>
      </p>
    </>
  );
}

/** The page notices by itself when the terminal has done it. */
function InTerminal({ prepared, onBack }: SecondStepProps): ReactNode {
  const { safety } = useText();
  const admin = prepared.second === 'admin' ? ' --admin' : '';
  return (
    <>
      <p>
        {safety.resumeInTerminal(prepared.validMs / 1_000)}{' '}
        <code>{`snowball resume --confirm ${prepared.code}${admin}`}</code>
      </p>
      <p className={css['stoppedDo']}>
        <Button tone="onDark" size="s" onClick={onBack}>
          {safety.resumeBack}
        </Button>
      </p>
    </>
  );
}
