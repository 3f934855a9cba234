import type { FullResult, Reporter, Suite, TestError } from '@playwright/test/reporter';
import { writeOutcome } from './outcome.ts';

/** Counts the tests of the browser and names those that failed, also when only now and then. */
export default class PlaywrightOutcome implements Reporter {
  private suite: Suite | undefined;
  private readonly errors: string[] = [];

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite;
  }

  onError(error: TestError): void {
    this.errors.push(`utanför testerna: ${(error.message ?? error.value ?? '').split('\n')[0]}`);
  }

  async onEnd(_result: FullResult): Promise<void> {
    const tests = this.suite?.allTests() ?? [];
    const count = (outcome: string) => tests.filter((test) => test.outcome() === outcome).length;
    const failed = tests.filter((test) => ['unexpected', 'flaky'].includes(test.outcome()));
    const faults = [...failed.map((test) => test.titlePath().filter(Boolean).join(' › ')), ...this.errors];
    await writeOutcome({
      passed: count('expected'),
      failed: faults.length,
      skipped: count('skipped'),
      faults,
    });
  }
}
