import * as z from 'zod';
import { parseQuantity } from '../objects/quantity.ts';

/** A quantity as people write it (`500m`, `2Gi`), in base units. */
const quantity = (byDefault: string) =>
  z
    .string()
    .default(byDefault)
    .transform((text, context) => {
      const value = parseQuantity(text);
      if (value === null) context.addIssue({ code: 'custom', message: `is not a quantity such as ${byDefault}` });
      return value ?? 0;
    });

const number = (byDefault: number) => z.coerce.number().nonnegative().default(byDefault);

/** Names between commas. */
const names = (byDefault: string) =>
  z
    .string()
    .default(byDefault)
    .transform((text) =>
      text
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    );

/** Where the checks draw their lines. Every value has a default; what is written by people is text. */
export const adviceThresholdsSchema = z.strictObject({
  /** Used / hard of a quota, pods / room of a node, requests / allocatable of a node; per cent. */
  quotaPercent: number(90),
  nodePodsPercent: number(95),
  nodeRequestsPercent: number(95),
  /** Bytes: near the limit of 1 MiB that the API server sets. */
  configMapSize: quantity('900Ki'),
  /** From here on the rest holds for the policy pack alone. */
  maxCpuLimit: quantity('4'),
  maxMemoryLimit: quantity('8Gi'),
  maxCpuRequest: quantity('2'),
  maxMemoryRequest: quantity('4Gi'),
  maxEphemeralStorage: quantity('2Gi'),
  maxCpuRatio: number(10),
  maxMemoryRatio: number(2),
  minReplicas: number(1),
  maxReplicas: number(20),
  minAutoscalerReplicas: number(1),
  maxAutoscalerReplicas: number(50),
  /** The least distance between minReplicas and maxReplicas of an autoscaler. */
  autoscalerSpread: number(1),
  /** Beginnings of image names (`docker.io/library/`, `registry.example.com/`); none: every registry. */
  allowedRegistries: names(''),
  disallowedTags: names('latest'),
  /** None: no label, no annotation is asked for. */
  requiredLabels: names(''),
  requiredAnnotations: names(''),
  allowedExternalIps: names(''),
});
export type AdviceThresholds = z.output<typeof adviceThresholdsSchema>;

export const defaultAdviceThresholds: AdviceThresholds = adviceThresholdsSchema.parse({});
