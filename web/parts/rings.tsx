import type { ReactNode } from 'react';
import { useText } from '../data/preferences.tsx';
import css from '../pages/login.module.css';

/** What surrounds what: pages and strategies see no key, every order passes the checks, the vault is innermost. */
export function Rings(): ReactNode {
  const { login } = useText();
  return (
    <svg className={css['rings']} viewBox="0 0 560 560" role="img" aria-label={login.rings}>
      <circle className={css['ring3']} cx="280" cy="280" r="248" />
      <circle className={css['ring2']} cx="280" cy="304" r="176" />
      <circle className={css['ring1']} cx="280" cy="332" r="100" />
      <Label y={72} title={login.ringOuter} says={login.ringOuterSays} />
      <Label y={172} title={login.ringMiddle} says={login.ringMiddleSays} />
      <g className={css['lock']} transform="translate(256 282) scale(2)">
        <rect x="5.5" y="11" width="13" height="9" rx="2.2" />
        <path d="M8.5 11V8a3.5 3.5 0 0 1 7 0v3" />
      </g>
      <text className={css['ringTitle']} x="280" y="356">
        {login.ringInner}
      </text>
      <text className={`${css['ringSays'] ?? ''} ${css['ringInner'] ?? ''}`} x="280" y="378">
        {login.ringInnerSays}
      </text>
    </svg>
  );
}

function Label({ y, title, says }: { readonly y: number; readonly title: string; readonly says: string }): ReactNode {
  return (
    <>
      <text className={css['ringTitle']} x="280" y={y}>
        {title}
      </text>
      <text className={css['ringSays']} x="280" y={y + 22}>
        {says}
      </text>
    </>
  );
}
