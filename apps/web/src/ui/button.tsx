import type { ComponentProps } from 'react';

const base =
  'inline-flex h-7 shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded px-2.5 font-medium text-sm motion-safe:transition-colors duration-100 disabled:opacity-55 [&_svg]:size-3.5 [&_svg]:shrink-0';

export const buttonStyles = {
  plain: `${base} border border-line bg-surface text-ink hover:bg-hover data-popup-open:bg-hover`,
  primary: `${base} bg-accent-fill text-accent-ink hover:opacity-90`,
  /** Only for what can't be taken back. */
  danger: `${base} bg-critical text-accent-ink hover:opacity-90`,
  quiet: `${base} px-2 hover:bg-hover data-popup-open:bg-hover`,
  icon: `${base} w-7 px-0 text-soft hover:bg-hover hover:text-ink data-popup-open:bg-hover`,
} as const;

export interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof buttonStyles;
}

export function Button({ look = 'plain', className = '', ...rest }: ButtonProps) {
  return <button type="button" className={`${buttonStyles[look]} ${className}`} {...rest} />;
}

/** A word that can be pressed inside a sentence. */
export function TextButton({ className = '', ...rest }: ComponentProps<'button'>) {
  return <button type="button" className={`rounded-sm text-accent hover:underline ${className}`} {...rest} />;
}
