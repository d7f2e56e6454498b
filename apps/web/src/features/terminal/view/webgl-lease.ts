import type { Terminal } from '@xterm/xterm';

/** A browser keeps 16 drawing contexts and ends the oldest without a word; the rest is left to charts and other pages. */
const mostLeases = 8;
/** After so many were taken away, the graphics card is left alone for as long as the page stands. */
const mostLosses = 3;

let leases = 0;
let losses = 0;
let hardware: boolean | null = null;

/** Programs that draw as a graphics card would. */
const software = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Whether there is a graphics card: drawing like one without it is slower than elements of the page. */
function hasHardware(): boolean {
  hardware ??= isHardware(new OffscreenCanvas(1, 1).getContext('webgl2', { failIfMajorPerformanceCaveat: true }));
  return hardware;
}

function isHardware(context: WebGL2RenderingContext | null): boolean {
  const named = context?.getExtension('WEBGL_debug_renderer_info');
  if (context === null || named == null) return false;
  const renderer: unknown = context.getParameter(named.UNMASKED_RENDERER_WEBGL);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return typeof renderer === 'string' && !software.test(renderer);
}

/** Draws a terminal with the graphics card where there is one to be had, else with elements of the page. Returns what gives it back. */
export function leaseWebgl(terminal: Terminal): () => void {
  if (leases >= mostLeases || losses >= mostLosses || !hasHardware()) return () => undefined;
  leases += 1;
  let end = () => undefined;
  let released = false;
  const release = () => {
    if (released) return;
    released = true;
    leases -= 1;
    end();
  };
  import('@xterm/addon-webgl').then(
    ({ WebglAddon }) => {
      if (released) return;
      const addon = new WebglAddon();
      addon.onContextLoss(() => {
        losses += 1;
        release();
      });
      terminal.loadAddon(addon);
      end = () => void addon.dispose();
    },
    (thrown: unknown) => {
      console.warn('The terminal is drawn without the graphics card.', thrown);
      release();
    },
  );
  return release;
}
