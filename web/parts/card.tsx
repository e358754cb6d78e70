import { useId, type ReactNode } from 'react';
import { Link } from 'wouter';
import css from './card.module.css';
import { classes } from './classes.ts';
import tone from './tone.module.css';

interface CardProps {
  readonly title: string;
  readonly isTitleHidden?: boolean;
  readonly meta?: ReactNode;
  readonly end?: ReactNode;
  /** No padding: for tables that reach the edges. */
  readonly isFlush?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A titled box; its title names it for screen readers. */
export function Card({
  title,
  isTitleHidden = false,
  meta,
  end,
  isFlush = false,
  className,
  children,
}: CardProps): ReactNode {
  const id = useId();
  return (
    <section className={classes(css['card'], isFlush && css['flush'], className)} aria-labelledby={id}>
      {isTitleHidden ? (
        <h2 id={id} className={tone['vh']}>
          {title}
        </h2>
      ) : (
        <div className={css['head']}>
          <h2 id={id}>{title}</h2>
          {meta !== undefined && <span className={css['meta']}>{meta}</span>}
          {end !== undefined && <span className={css['end']}>{end}</span>}
        </div>
      )}
      {children}
    </section>
  );
}

export function TextLink({ href, children }: { readonly href: string; readonly children: ReactNode }): ReactNode {
  return (
    <Link href={href} className={css['link']}>
      {children}
    </Link>
  );
}
