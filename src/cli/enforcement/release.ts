import { userInfo } from 'node:os'
import { Command, Option } from 'commander'
import { release } from '../../engine/enforcement/release.ts'
import { policyType } from '../../engine/wrong-policy.ts'
import { connectionsOf, UsedWrongly, withGuardpost } from '../opened.ts'
import { jsonOption } from '../options.ts'
import { printJson, say } from '../output.ts'
import { onOption } from './on-option.ts'

/** `guardpost enforcement release`: lets through what the caps hold. */
export const releaseCommand = (): Command =>
  new Command('release')
    .description('Lets through what waits because a cap is reached: the rest of a change of a policy, or of the hour.')
    .addOption(onOption().makeOptionMandatory())
    .addOption(new Option('--policy <path>', 'of this policy only'))
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost enforcement release --on acme')
    .action(run)

async function run({ on, policy, json }: { on: string; policy?: string; json?: boolean }): Promise<void> {
  if (policy !== undefined) policyType(policy)
  await withGuardpost(async (guardpost) => {
    let count = 0
    for (const { id } of await connectionsOf(guardpost, on))
      count += await release(guardpost.means, id, { by: userInfo().username, ...(policy && { path: policy }) })
    if (count === 0) throw new UsedWrongly(`Nothing waits for a cap there. \`guardpost enforcement\` shows what waits.`)
    if (json) printJson({ on, released: count })
    else say(`Released: ${count} that waited. Guardpost goes on with them if it is running.`)
  })
}
