import { Command, Option } from 'commander'
import type { Guardpost } from '../../compose.ts'
import { type ExplainedValue, policyValues, whyOf } from '../../engine/policy-values.ts'
import { policyType } from '../../engine/wrong-policy.ts'
import type { PolicyType } from '../../model/policy.ts'
import type { PolicyStatement } from '../../model/policy-pack.ts'
import { resourceNamed, withGuardpost } from '../opened.ts'
import { jsonOption } from '../options.ts'
import { moment, print, printJson, say } from '../output.ts'
import { answerInWords, authorInWords, placeInWords, ruleInWords } from './setting-in-words.ts'

const example = 'guardpost policies get "GitHub > Organization > Event Handlers" --on acme'

/** `guardpost policies get`. */
export const getCommand = (): Command =>
  new Command('get')
    .argument('<path>', 'as the list has it, in quotes')
    .description('Shows the value in force, and all that speaks to it: who wins, and why.')
    .addOption(new Option('--on <name>', 'an organization (acme) or a repository (acme/web)').makeOptionMandatory())
    .addOption(jsonOption())
    .addHelpText('after', `\nExample:\n  ${example}`)
    .action(get)

async function get(path: string, { on, json }: { on: string; json?: boolean }): Promise<void> {
  const type = policyType(path)
  await withGuardpost(async (guardpost) => {
    const { resource } = await resourceNamed(guardpost, on)
    const [value] = await policyValues(guardpost.means, resource, path)
    if (!value) return
    const chain = await chainOf(guardpost, value)
    if (json) printJson({ path, value: value.value, setting: value.by?.setting ?? null, fault: value.fault, chain })
    else tell(type, value, chain)
  })
}

type Link = Awaited<ReturnType<typeof chainOf>>[number]

/** From the default down to what is most specific. */
async function chainOf(guardpost: Guardpost, explained: ExplainedValue) {
  const { by, byDefault, statements } = explained
  const now = guardpost.means.clock()
  const said = await Promise.all(
    statements.map(async (each: PolicyStatement) => {
      const { rule, place, selector, setting, attachment, pack } = each
      return {
        on: await placeInWords(guardpost, place, selector),
        value: ruleInWords(rule),
        precedence: rule.precedence as string,
        from: originOf(each),
        source: (setting ?? attachment)?.source ?? null,
        note: rule.note,
        ...{ startsAt: rule.startsAt, expiresAt: rule.expiresAt },
        ...{ settingId: setting?.id ?? null, attachmentId: attachment?.id ?? null, pack: pack?.name ?? null },
        wins: each === by,
        why: whyOf(each, explained, now),
      }
    }),
  )
  const why = by ? 'A setting takes its place.' : 'Nobody has set it.'
  const nobodys = {
    source: null,
    note: null,
    startsAt: null,
    expiresAt: null,
    settingId: null,
    attachmentId: null,
    pack: null,
  }
  const value = answerInWords(byDefault)
  return [{ on: 'the default', value, precedence: '', from: '', ...nobodys, wins: by === null, why }, ...said]
}

function originOf({ setting, attachment, pack }: PolicyStatement): string {
  const author = setting ?? attachment
  const where = author ? authorInWords(author) : ''
  return pack ? `pack ${pack.name}, attached by ${where}` : where
}

function tell(type: PolicyType, value: ExplainedValue, chain: readonly Link[]): void {
  const { by, fault } = value
  say(answerInWords(value.value))
  if (fault) say(`It is no answer: ${fault}`)
  say(by ? saidBy(by) : 'It is the default: nobody has set it.')
  if (by?.rule.note) say(`Note: ${by.rule.note}`)
  say(`It decides: ${type.question}`)
  if (type.values) say(`It takes: ${type.values.join(', ')}.`)
  say('')
  print(
    {
      rows: chain,
      columns: {
        on: ({ on, wins }) => `${wins ? '→ ' : '  '}${on}`,
        value: (link) => link.value,
        precedence: ({ precedence }) => precedence,
        from: ({ from }) => from,
        expires: ({ expiresAt }) => (expiresAt === null ? '' : moment(expiresAt)),
        why: ({ why }) => why,
      },
      empty: '',
    },
    false,
  )
}

function saidBy(statement: PolicyStatement): string {
  const { rule, setting } = statement
  const { precedence, expiresAt } = rule
  const end = `${precedence}, expires ${moment(expiresAt)}.`
  if (setting) return `Set by ${authorInWords(setting)} at ${moment(setting.createdAt)}, ${end}`
  return `From the ${originOf(statement)} at ${moment(statement.attachment?.createdAt ?? 0)}, ${end}`
}
