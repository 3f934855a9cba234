import { relative } from 'node:path';
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';
import { writeOutcome } from './outcome.ts';

type Reported = Parameters<NonNullable<Reporter['onTestRunEnd']>>;

/** Counts what is a test and names what failed, also what belongs to no test: a hook, a file, a late fault. */
export default class VitestOutcome implements Reporter {
  async onTestRunEnd(modules: Reported[0], unhandled: Reported[1], _reason: TestRunEndReason): Promise<void> {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter((test) => test.result().state === state);
    const faults = [
      ...inState('failed').map((test) => `${pathOf(test.module)} › ${test.fullName}`),
      ...modules.flatMap(suiteFaults),
      ...unhandled.map((error) => `utanför testerna: ${firstLine(error.stack ?? error.message)}`),
    ];
    await writeOutcome({
      passed: inState('passed').length,
      failed: faults.length,
      skipped: inState('skipped').length,
      faults,
    });
  }
}

function suiteFaults(module: TestModule): string[] {
  const suites = [module, ...module.children.allSuites()];
  return suites.flatMap((suite) =>
    suite.errors().map((error) => `${pathOf(module)}, utanför testerna: ${firstLine(error.message)}`),
  );
}

const pathOf = (module: TestModule) => relative(process.cwd(), module.moduleId);
const firstLine = (text: string) => text.split('\n', 2).join(' ').trim();
