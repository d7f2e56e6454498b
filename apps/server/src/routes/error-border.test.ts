import { AppError } from '@quarterdeck/contract';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { errorResponse } from './error-border.ts';

const told = async (thrown: unknown) => {
  const response = errorResponse(thrown, 'r1', pino({ level: 'silent' }));
  return { status: response.status, body: await response.json() };
};

describe('a call that failed', () => {
  it('tells who is still there that somebody closed what they asked', async () => {
    const { status, body } = await told(new AppError('CANCELLED', 'The cluster was closed.'));
    expect({ status, body }).toMatchObject({ status: 410, body: { code: 'GONE', error: 'The cluster was closed.', hint: 'Try again.', requestId: 'r1' } });
  });

  it('tells nothing of what nobody foresaw', async () => {
    const { status, body } = await told(new Error('password=hunter2'));
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('hunter2');
  });
});
