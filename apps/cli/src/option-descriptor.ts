export interface OptionDescriptor {
  /** One letter. */
  short?: string;
  /** What the value is called in the help; left out for a switch. */
  value?: string;
  /** Whether it may be given several times; its field is then a list. */
  repeatable?: boolean;
  description: string;
}
