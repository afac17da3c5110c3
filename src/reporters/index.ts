import type { Reporter } from '../model/reporter.ts'
import { checkRun } from './check-run.ts'
import { commitStatus } from './commit-status.ts'
import { issue } from './issue.ts'

/** Every place where a control's state is said. */
export const reporters: readonly Reporter[] = [checkRun, commitStatus, issue]
