import { AppError, type DraftedPlan, type PlanDoing, type PlanFrame, type PlanHorizon, planRoutes, toAppError } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiClient } from '../../api/client.ts';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { useClusterScope } from '../clusters/clusters.tsx';

/** What is being done for a plan that is not there yet. */
export interface Doing {
  doing: PlanDoing;
  model: string | null;
}

export interface PlanState {
  /** The model's where it was asked and one has it, else the engine's. */
  drafted: DraftedPlan | undefined;
  error: AppError | null;
  retry(): void;
  /** Null while no model is asked. */
  doing: Doing | null;
  /** Why the model's plan is not there; null where it is, or none was asked. */
  modelError: AppError | null;
  /** Whether a model was asked for what is shown. */
  asked: boolean;
  askModel(): void;
  /** Gives up asking, or goes back to the engine's plan. */
  withoutModel(): void;
}

export interface PlanWish {
  issueId: string;
  horizon: PlanHorizon;
  /** What the person said about the situation. */
  userContext: string;
}

/** The plan for an issue: the engine's at once, a model's when it is asked for exactly this. */
export function usePlan({ issueId, horizon, userContext }: PlanWish, enabled: boolean): PlanState {
  const { api } = useServices();
  const scope = useClusterScope();
  const { brokeOff } = useMessages().issueDetail;
  const wish = JSON.stringify([issueId, horizon, userContext]);
  const [askedFor, setAskedFor] = useState<string | null>(null);
  const [doing, setDoing] = useState<Doing | null>(null);
  const asked = askedFor === wish;
  const input = { ...scope, issueId, horizon, userContext };
  const engine = useQuery({
    queryKey: ['plan', scope.cluster, wish],
    queryFn: ({ signal }) => planned(api, { ...input, model: false }, { onDoing: () => undefined, brokeOff }, signal),
    enabled,
  });
  const model = useQuery({
    queryKey: ['plan of a model', scope.cluster, wish],
    queryFn: ({ signal }) => planned(api, { ...input, model: true }, { onDoing: setDoing, brokeOff }, signal),
    enabled: enabled && asked,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const drafted = asked ? (model.data ?? engine.data) : engine.data;
  return {
    drafted,
    error: engine.error === null ? null : toAppError(engine.error),
    retry: () => void engine.refetch(),
    doing: asked && model.isFetching ? (doing ?? { doing: 'reading', model: null }) : null,
    modelError: asked && model.error !== null ? toAppError(model.error) : null,
    asked,
    askModel: () => {
      setDoing(null);
      if (asked) void model.refetch();
      setAskedFor(wish);
    },
    withoutModel: () => setAskedFor(null),
  };
}

type Asked = PlanWish & { cluster?: string; model: boolean };

interface Told {
  onDoing(doing: Doing): void;
  /** Said where the answer ended too early. */
  brokeOff: string;
}

async function planned(api: ApiClient, input: Asked, { onDoing, brokeOff }: Told, signal: AbortSignal): Promise<DraftedPlan> {
  for await (const frame of api.follow(planRoutes.draftPlan, input, signal)) {
    const drafted = taken(frame, onDoing);
    if (drafted !== null) return drafted;
  }
  throw new AppError('CANCELLED', brokeOff);
}

function taken(frame: PlanFrame, onDoing: (doing: Doing) => void): DraftedPlan | null {
  switch (frame.type) {
    case 'doing':
      onDoing(frame);
      return null;
    case 'planned':
      return frame.drafted;
    case 'failed':
      throw new AppError(frame.error.code, frame.error.message, frame.error.hint === null ? {} : { hint: frame.error.hint });
  }
}
