import { type DraftedPlan, type PlanDoing, type PlanFrame, toAppError } from '@quarterdeck/contract';

type Making = (doing: (doing: PlanDoing, model: string | null) => void) => Promise<DraftedPlan>;

/** What happens while a plan is made, as it happens; what went wrong is the last frame. */
export async function* planFrames(make: Making): AsyncGenerator<PlanFrame> {
  const waiting: PlanFrame[] = [];
  let wake: () => void = () => undefined;
  const tell = (frame: PlanFrame) => {
    waiting.push(frame);
    wake();
  };
  void make((doing, model) => tell({ type: 'doing', doing, model })).then(
    (drafted) => tell({ type: 'planned', drafted }),
    (thrown: unknown) => tell(failedFrame(thrown)),
  );
  while (true) {
    const frame = waiting.shift();
    if (frame === undefined) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      continue;
    }
    yield frame;
    if (frame.type !== 'doing') return;
  }
}

function failedFrame(thrown: unknown): PlanFrame {
  const { code, message, hint } = toAppError(thrown);
  return { type: 'failed', error: { code, message, hint: hint ?? null } };
}

export async function* planLines(frames: AsyncIterable<PlanFrame>): AsyncGenerator<string> {
  for await (const frame of frames) yield `${JSON.stringify(frame)}\n`;
}
