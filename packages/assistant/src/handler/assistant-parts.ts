import type { ActLog, AssistantStore, OfferedModel, Owner, Permission, TokenUsage } from '@quarterdeck/contract';
import type { TextCache } from '../cache/answer-cache.ts';
import type { ContextSettings } from '../context/context-settings.ts';
import type { ModelChain } from '../failover/model-chain.ts';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import type { ContextSource } from '../sources/context-source.ts';

/** Who asks. */
export interface Person {
  owner: Owner;
  may(permission: Permission): boolean;
  /** What they may see, as one text: answers are kept apart by it. */
  sight: string;
}

/** What the assistant knows for one person at one moment; whoever asked for it lets go of it with the signal. */
export interface Surroundings {
  /** The kubeconfig context; null where it is about none. */
  cluster: string | null;
  sources: readonly ContextSource[];
  /** The cluster itself, for plans; null where it is about none. */
  asked: AskedCluster | null;
}

/** What the assistant works with. The host says where each comes from. */
export interface AssistantParts<P extends Person = Person> {
  store: AssistantStore;
  /** Null where no model is set up: the engine answers alone. */
  models(purpose: 'chat' | 'plans', signal: AbortSignal): Promise<ModelChain | null>;
  /** A model of whatever provider, named `provider/model`, asked alone. Throws VALIDATION_ERROR where there is none, or where none is asked. */
  model(name: string, signal: AbortSignal): Promise<ModelChain>;
  /** Plans are played, no model is asked for them. */
  mockPlans: boolean;
  offeredModels(signal: AbortSignal): Promise<OfferedModel[]>;
  /** Throws where the cluster is not there or may not be seen. */
  surroundings(person: P, cluster: string | undefined, signal: AbortSignal): Promise<Surroundings>;
  /** Secrets that are known as such: keys of providers. */
  secrets(): Iterable<string>;
  context: ContextSettings;
  countTokens(text: string): number;
  /** US dollars; null where the price is unknown. `model` is `provider/model`. */
  costOf(model: string, usage: TokenUsage): number | null;
  cache: TextCache;
  /** Where it is written down that a model was asked: before it is, or it is not. */
  acts(person: P, cluster: string | null): ActLog;
  /** Epoch milliseconds. */
  now(): number;
  /** Random; also the marks around data are made of them. */
  newId(): string;
  /** Told what nobody else can be told. */
  failed(error: Error): void;
}
