import { createHash } from 'node:crypto'
import { controlTypes } from '../../controls/index.ts'
import { type ControlState, stateLabel } from '../../model/control-state.ts'
import { markTexts } from '../../model/marks.ts'
import type { ReportedControl } from './gather.ts'

/** Only what is `fail` may have a level: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html 3.27.10 */
const kinds: Readonly<Record<ControlState, { kind: string; level: 'error' | 'warning' | 'none' }>> = {
  alarm: { kind: 'fail', level: 'error' },
  error: { kind: 'fail', level: 'warning' },
  invalid: { kind: 'fail', level: 'warning' },
  ok: { kind: 'pass', level: 'none' },
  skipped: { kind: 'notApplicable', level: 'none' },
  tbd: { kind: 'open', level: 'none' },
}

/** Controls as a SARIF 2.1.0 log: a rule for each control type, a result for each control. */
export function sarifOf(controls: readonly ReportedControl[], version: string): object {
  const paths = [...new Set(controls.map(({ path }) => path))].toSorted()
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Guardpost', version, rules: paths.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: controls.map((control) => resultOf(control, paths.indexOf(control.path))),
      },
    ],
  }
}

function ruleOf(path: string): object {
  const known = controlTypes.find((type) => type.path === path)
  if (!known) return { id: path }
  return {
    id: path,
    shortDescription: { text: known.title },
    fullDescription: { text: known.risk },
    help: { text: known.advice },
    ...(known.marks && { properties: { tags: markTexts(known.marks) } }),
  }
}

function resultOf(
  { path, state, reason, since, organization, resource, mute }: ReportedControl,
  ruleIndex: number,
): object {
  return {
    ruleId: path,
    ruleIndex,
    ...kinds[state],
    message: { text: `${stateLabel[state]}: ${reason}` },
    locations: [
      {
        // Code scanning shows nothing that is in no file; the resource’s own name stands for one.
        physicalLocation: { artifactLocation: { uri: encodeURI(resource.title) }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: resource.title, kind: 'resource' }],
      },
    ],
    partialFingerprints: { 'guardpostControl/v1': fingerprint(path, resource.nodeId) },
    ...(resource.url && { hostedViewerUri: resource.url }),
    ...(mute && {
      suppressions: [{ kind: 'external', status: 'accepted', justification: mute.note ?? `Muted by ${mute.by}.` }],
    }),
    properties: { state, since: new Date(since).toISOString(), organization, resourceType: resource.type },
  }
}

/** The same for as long as it is the same control of the same resource, whatever its name and state. */
const fingerprint = (path: string, nodeId: string): string =>
  createHash('sha256').update(`${path}\n${nodeId}`).digest('hex')
