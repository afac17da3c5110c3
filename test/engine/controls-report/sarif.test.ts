import { describe, expect, it } from '@jest/globals'
import type { ReportedControl } from '../../../src/engine/controls-report/gather.ts'
import { sarifOf } from '../../../src/engine/controls-report/sarif.ts'
import { controlStates } from '../../../src/model/control-state.ts'
import { sarifFaults } from '../../support/sarif.ts'

const control = (draft: Partial<ReportedControl>): ReportedControl => ({
  id: 7,
  path: 'GitHub > Repository > CMDB',
  state: 'ok',
  reason: 'Recorded.',
  since: Date.UTC(2026, 0, 2),
  lastRunAt: null,
  organization: 'acme',
  marks: [],
  resource: { type: 'GitHub > Repository', title: 'acme/web', nodeId: 'R_1', url: 'https://github.com/acme/web' },
  mute: null,
  ...draft,
})

interface Result {
  readonly kind: string
  readonly level: string
  readonly partialFingerprints: object
}

const resultsOf = (...controls: ReportedControl[]): Result[] =>
  JSON.parse(JSON.stringify(sarifOf(controls, '0.1.0'))).runs[0].results

describe('a report as SARIF', () => {
  it('is SARIF 2.1.0 for controls in every state, muted ones and odd names among them', () => {
    const mute = { until: 'forever', expiresAt: null, note: null, by: 'dana' } as const
    const resource = { type: 'GitHub > Repository', title: 'acme/ü b', nodeId: 'R_2', url: null }
    const controls = controlStates.flatMap((state) => [control({ state }), control({ state, mute, resource })])
    expect(sarifFaults(sarifOf(controls, '0.1.0'))).toEqual([])
    expect(sarifFaults(sarifOf([], '0.1.0'))).toEqual([])
  })

  it('tags a rule with the same question in other catalogues', () => {
    const [first] = JSON.parse(
      JSON.stringify(
        sarifOf([control({ path: 'GitHub > Repository > Pull Request > Delete Branch on Merge' })], '0.1.0'),
      ),
    ).runs[0].tool.driver.rules
    expect(first.properties).toEqual({ tags: ['CIS 1.1.8', 'Prowler repository_branch_delete_on_merge_enabled'] })
  })

  it('names the control, the resource, the state and since when', () => {
    expect(resultsOf(control({}))).toEqual([
      {
        ruleId: 'GitHub > Repository > CMDB',
        ruleIndex: 0,
        kind: 'pass',
        level: 'none',
        message: { text: 'OK: Recorded.' },
        locations: [
          {
            physicalLocation: { artifactLocation: { uri: 'acme/web' }, region: { startLine: 1 } },
            logicalLocations: [{ fullyQualifiedName: 'acme/web', kind: 'resource' }],
          },
        ],
        partialFingerprints: { 'guardpostControl/v1': expect.stringMatching(/^[0-9a-f]{64}$/) },
        hostedViewerUri: 'https://github.com/acme/web',
        properties: {
          state: 'ok',
          since: '2026-01-02T00:00:00.000Z',
          organization: 'acme',
          resourceType: 'GitHub > Repository',
        },
      },
    ])
  })

  it('fails what is wrong, and only that', () => {
    const results = resultsOf(...controlStates.map((state) => control({ state })))
    expect(results.map(({ kind, level }) => `${kind} ${level}`)).toEqual([
      'pass none',
      'fail error',
      'fail warning',
      'fail warning',
      'notApplicable none',
      'open none',
    ])
  })

  it('keeps the fingerprint of a control through a rename', () => {
    const of = (title: string, nodeId: string) =>
      resultsOf(control({ resource: { type: 'GitHub > Repository', title, nodeId, url: null } }))[0]
        ?.partialFingerprints
    expect(of('acme/web', 'R_1')).toEqual(of('acme/site', 'R_1'))
    expect(of('acme/web', 'R_1')).not.toEqual(of('acme/web', 'R_2'))
  })
})
