export { ModelError, type ModelErrorKind, type ModelErrorOptions, modelErrorKinds } from './model/model-error.ts';
export type * from './model/model-port.ts';
