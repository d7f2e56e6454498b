/** How everything that floats looks; menus, popovers and dialogs share it. */
export const floating = {
  popup: 'floats z-50 rounded bg-raised text-ink shadow-float outline-none',
  menu: 'floats z-50 max-h-[min(85vh,42rem)] min-w-44 overflow-y-auto rounded bg-raised p-1 text-ink shadow-float outline-none',
  item: 'flex min-h-7 cursor-default items-center gap-2 rounded-[4px] px-2 py-1 text-sm outline-none data-highlighted:bg-hover data-disabled:text-soft',
  label: 'px-2 pt-1.5 pb-1 text-soft text-xs',
  backdrop: 'fixed inset-0 z-40 bg-scrim motion-safe:transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0',
} as const;
