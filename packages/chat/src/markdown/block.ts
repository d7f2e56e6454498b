/** A piece of a line. What Markdown says of HTML and images is text here: nothing of an answer is more than words. */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'code'; text: string }
  | { type: 'break' }
  | { type: 'strong' | 'emphasis' | 'deleted'; children: readonly Inline[] }
  | { type: 'link'; href: string; children: readonly Inline[] };

export interface ListItem {
  /** Null where it is no task. */
  done: boolean | null;
  children: readonly Block[];
}

export type Align = 'left' | 'center' | 'right' | null;

export interface TableCell {
  align: Align;
  children: readonly Inline[];
}

export type Block =
  | { type: 'paragraph'; children: readonly Inline[] }
  | { type: 'heading'; level: number; children: readonly Inline[] }
  | { type: 'code'; language: string; text: string; closed: boolean }
  | { type: 'quote'; children: readonly Block[] }
  | { type: 'list'; ordered: boolean; start: number; items: readonly ListItem[] }
  | { type: 'table'; header: readonly TableCell[]; rows: readonly (readonly TableCell[])[] }
  | { type: 'rule' };
