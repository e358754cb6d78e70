import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import layout from './layout.module.css';

interface HeroProps {
  readonly label: string;
  readonly unit?: string;
  readonly className?: string | undefined;
  /** The number itself. */
  readonly children: ReactNode;
  /** The line under it. */
  readonly line?: ReactNode;
}

/** The one large number of a screen, with the question it answers. */
export function Hero({ label, unit, className, children, line }: HeroProps): ReactNode {
  return (
    <div>
      <h2 className={layout['heroLabel']}>{label}</h2>
      <p className={classes(layout['heroNumber'], className)}>
        {children}
        {unit !== undefined && <span className={layout['heroUnit']}>{unit}</span>}
      </p>
      {line !== undefined && <p className={layout['heroLine']}>{line}</p>}
    </div>
  );
}

interface PageHeadProps {
  readonly title: string;
  readonly meta?: ReactNode;
  readonly children?: ReactNode;
}

/** Title, context and actions of a page. */
export function PageHead({ title, meta, children }: PageHeadProps): ReactNode {
  return (
    <div className={layout['head']}>
      <h1>{title}</h1>
      {meta !== undefined && <p className={layout['headMeta']}>{meta}</p>}
      {children !== undefined && <div className={layout['headDo']}>{children}</div>}
    </div>
  );
}
