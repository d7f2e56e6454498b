import * as z from 'zod';
import { BrowserRecord } from '../../storage/browser-record.ts';

const layoutSchema = z.object({
  /** The columns that are shown, in order; absent: the kind's own. */
  ids: z.array(z.string().min(1).max(330)).min(1).max(60).optional(),
  /** Pixels, where somebody chose them. */
  widths: z.record(z.string(), z.number().int().min(48).max(1_200)).default({}),
});
export type ColumnLayout = z.infer<typeof layoutSchema>;

const viewSchema = z.object({
  name: z.string().min(1).max(80),
  q: z.string().max(500).optional(),
  sort: z.string().max(300).optional(),
  cols: z.string().max(2_000).optional(),
  /** Namespaces, with commas between. */
  ns: z.string().max(2_000).optional(),
});
/** A list as somebody wants to see it again. */
export type SavedView = z.infer<typeof viewSchema>;

/** How this person wants the columns, by the kind's address. */
export const keptLayouts = new BrowserRecord(localStorage, 'quarterdeck.columns', layoutSchema);

/** Views that this person named, by the kind's address. */
export const keptViews = new BrowserRecord(localStorage, 'quarterdeck.views', z.array(viewSchema).max(100));
