import { json, number, type ShownTable, text, time } from './shown-table.ts'

const connection = number('connection_id', 'The connection it belongs to: see guardpost_connection.')
const resource = number('resource_id', 'The resource it is about: see guardpost_resource.')

/** Each control by its newest run that had ended by then. A control that had not run yet is not among them. */
const controlsThen = (moment: number): string => `(
  select c.id, c.connection_id, c.resource_id, c.path, r.verdict ->> '$.state' as state,
    r.verdict ->> '$.reason' as reason, r.ended_at as last_run_at,
    (select min(streak.ended_at) from runs streak where streak.connection_id = c.connection_id
      and streak.control_id = c.id and streak.id <= r.id and streak.id > coalesce((
        select max(other.id) from runs other where other.connection_id = c.connection_id and other.control_id = c.id
        and other.id < r.id and other.verdict ->> '$.state' <> r.verdict ->> '$.state'), 0)) as since
  from controls c join runs r on r.connection_id = c.connection_id and r.id = (
    select max(last.id) from runs last where last.connection_id = c.connection_id and last.control_id = c.id
    and last.ended_at <= ${moment})
  where c.removed_at is null or c.removed_at > ${moment})`

const controls: ShownTable = {
  name: 'guardpost_control',
  about: 'Policies applied to resources, and their states.',
  columns: [
    connection,
    number('id', 'Its id, as `guardpost controls` lists it.'),
    resource,
    text('path', 'The policy, as `GitHub > Organization > Event Handlers`.'),
    text('state', '`ok`, `alarm`, `error`, `invalid`, `skipped` or `tbd`.'),
    text('reason', 'Why it is in this state.'),
    time('since', 'Since when it is in this state.'),
    time('last_run_at', 'When it was last judged.'),
  ],
  hasPast: true,
  now: '"controls" where "removed_at" is null',
  past: controlsThen,
}

const runs: ShownTable = {
  name: 'guardpost_run',
  about: 'Judgements of controls, each with its verdict.',
  columns: [
    connection,
    number('id', 'Its id.'),
    number('control_id', 'The control: see guardpost_control.'),
    text('cause', 'Why it ran.'),
    json('value', "The policy's answer that it judged by."),
    text('state', 'Its verdict.', `"verdict" ->> '$.state'`),
    text('reason', 'Why.', `"verdict" ->> '$.reason'`),
    json('evidence', 'What it looked at.', `"verdict" -> '$.evidence'`),
    time('started_at', 'When it began.'),
    time('ended_at', 'When it ended.'),
  ],
  hasPast: true,
  now: '"runs"',
  past: (moment) => `"runs" where "ended_at" <= ${moment}`,
}

const activities: ShownTable = {
  name: 'guardpost_activity',
  about: 'History: who changed what, when, and how we know.',
  columns: [
    connection,
    number('id', 'Its id, in the order of what was recorded.'),
    resource,
    text('kind', '`found`, `changed`, `gone`, `returned`, `enforced`, `policy` or `state`.'),
    text('actor', 'A GitHub login, `guardpost` for ourselves, null where GitHub did not say.'),
    text('summary', 'What happened, in a line.'),
    json('changes', 'Each field with what it was before and after.'),
    text('source', 'How we know: `event`, `read`, `discovery`, `enforcement`, `cli`.'),
    number('delivery_id', 'The delivery that told us: see guardpost_delivery.'),
    time('at', 'When Guardpost knew.'),
  ],
  hasPast: true,
  now: '"activities"',
  past: (moment) => `"activities" where "at" <= ${moment}`,
}

/** Where something is put, and for what of it. */
const placed = [
  number('folder_id', 'The folder it is on: see guardpost_folder.'),
  json(
    'selector',
    'The repositories below the place that it is for; null: all that is below.',
    `nullif("selector", '')`,
  ),
]

/** Who put it there, and how. */
const authored = [
  text('source', '`cli`, `console`, `api` or `file`.'),
  json('origin', 'The policy file and line it comes from.'),
  text('set_by', 'Who set it.'),
  time('created_at', 'When it was set.'),
]

const folders: ShownTable = {
  name: 'guardpost_folder',
  about: 'Places above organizations. The root is Guardpost itself.',
  columns: [
    number('id', 'Its id.'),
    number('parent_id', 'The folder it is in; null: it is the root.'),
    text('title', 'What it is called.'),
    time('created_at', 'When it was made.'),
  ],
  hasPast: false,
  now: '"folders"',
  past: null,
}

const policyPacks: ShownTable = {
  name: 'guardpost_policy_pack',
  about: 'Policy packs that are kept; those that Guardpost ships are not among them.',
  columns: [
    number('id', 'Its id.'),
    number('connection_id', 'The connection it belongs to; null: it is for all of them.'),
    text('name', 'Its name.'),
    text('title', 'What it is.'),
    text('description', 'What it is for.'),
    json('settings', 'What it asks.'),
    ...authored,
  ],
  hasPast: false,
  now: '"policy_packs"',
  past: null,
}

const policyAttachments: ShownTable = {
  name: 'guardpost_policy_attachment',
  about: 'Which policy packs are attached where.',
  columns: [
    number('id', 'Its id.'),
    number('connection_id', 'The connection it belongs to; null: it is on a folder.'),
    number('resource_id', 'The resource it is on; null: it is on a folder.'),
    ...placed,
    number('pack_id', 'The pack: see guardpost_policy_pack; null: Guardpost ships it.'),
    text('shipped_pack', 'The name of a pack that Guardpost ships.'),
    number('position', 'Of those at a place the one with the lowest is the strongest.'),
    ...authored,
  ],
  hasPast: false,
  now: '"policy_attachments"',
  past: null,
}

const policySettings: ShownTable = {
  name: 'guardpost_policy_setting',
  about: 'Answers to policies, and where they were given.',
  columns: [
    number('connection_id', 'The connection it belongs to; null: it is on a folder.'),
    number('id', 'Its id.'),
    number('resource_id', 'The resource it is on; null: it is on a folder.'),
    ...placed,
    text('path', 'The policy.'),
    json('value', 'The answer; null where an expression answers.'),
    text('expression', 'The expression that answers, in CEL.'),
    text('precedence', '`required` or `recommended`.'),
    text('note', 'Why, as whoever set it says.'),
    time('starts_at', 'From when it counts; null from the beginning.'),
    time('expires_at', 'Until when it counts; null for ever.'),
    ...authored,
  ],
  hasPast: false,
  now: '"policy_settings"',
  past: null,
}

const deliveries: ShownTable = {
  name: 'guardpost_delivery',
  about: 'Webhook deliveries, without headers and bodies.',
  columns: [
    connection,
    number('id', 'Its id, as `guardpost deliveries` lists it.'),
    text('hook_id', '`app`, or the id of a webhook of ours.'),
    text('guid', "GitHub's GUID of the event."),
    text('event', 'The event, as `repository`.'),
    time('received_at', 'When it came.'),
    text('source', 'How it came.'),
    text('status', 'What became of it.'),
    text('error', 'Why it was parked or refused.'),
  ],
  hasPast: false,
  now: '"deliveries"',
  past: null,
}

const connections: ShownTable = {
  name: 'guardpost_connection',
  about: 'How each organization is reached, without secrets.',
  columns: [
    number('id', 'Its id: connection_id elsewhere.'),
    text('kind', '`app` or `token`.'),
    text('login', 'The organization.'),
    number('folder_id', 'The folder it is in: see guardpost_folder.', 'coalesce("folder_id", 1)'),
    number('organization_id', "GitHub's number of the organization."),
    text('organization_node_id', "GitHub's node id of the organization."),
    number('installation_id', "GitHub's number of the installation; null for a token."),
    text('status', '`active`, `suspended` or `removed`.'),
    time('created_at', 'When it was connected.'),
  ],
  hasPast: false,
  now: '"connections"',
  past: null,
}

/** What Guardpost knows besides resources. */
export const guardpostTables: readonly ShownTable[] = [
  activities,
  connections,
  controls,
  deliveries,
  folders,
  policyAttachments,
  policyPacks,
  policySettings,
  runs,
]
