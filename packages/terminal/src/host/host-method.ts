import { validationError } from '@quarterdeck/contract';
import * as z from 'zod';

/** Who asks a method of the host. */
export interface HostCall {
  /** The person for whom it is asked; null for the workbench itself, which may ask about every session. */
  owner: string | null;
  /** Aborted when whoever asked went away. */
  signal: AbortSignal;
}

/** What the server can ask the host for besides the stream of a session. */
export interface HostMethod {
  name: string;
  /** Throws VALIDATION_ERROR for what is no input of it. */
  call(raw: unknown, call: HostCall): Promise<unknown>;
}

interface MethodDefinition<Input extends z.ZodType, Output extends z.ZodType> {
  name: string;
  input: Input;
  output: Output;
}

/** The half that both sides know: the client calls it, the host answers it. */
export interface HostMethodDescriptor<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> extends MethodDefinition<Input, Output> {}

export function defineHostMethod<Input extends z.ZodType, Output extends z.ZodType>(
  descriptor: MethodDefinition<Input, Output>,
): HostMethodDescriptor<Input, Output> {
  return descriptor;
}

/** Binds a descriptor to what answers it in the host. */
export function answer<Input extends z.ZodType, Output extends z.ZodType>(
  { name, input }: HostMethodDescriptor<Input, Output>,
  run: (input: z.output<Input>, call: HostCall) => z.output<Output> | Promise<z.output<Output>>,
): HostMethod {
  return {
    name,
    async call(raw, call) {
      const parsed = z.safeParse(input, raw);
      if (!parsed.success) throw validationError(parsed.error);
      return run(parsed.data, call);
    },
  };
}
