import { Ajv } from 'ajv'

const object = (properties: object, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})
const message = object({ text: { type: 'string', minLength: 1 } }, ['text'])

/**
 * What SARIF 2.1.0 says of the properties we use, and that it knows no others there.
 * Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, sections 3.13 to 3.49
 */
const sarif = object(
  {
    $schema: { type: 'string', format: 'uri' },
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      items: object(
        {
          tool: object(
            {
              driver: object(
                {
                  name: { type: 'string' },
                  version: { type: 'string' },
                  rules: {
                    type: 'array',
                    uniqueItems: true,
                    items: object(
                      {
                        id: { type: 'string' },
                        shortDescription: message,
                        fullDescription: message,
                        help: message,
                        properties: object({ tags: { type: 'array', uniqueItems: true, items: { type: 'string' } } }),
                      },
                      ['id'],
                    ),
                  },
                },
                ['name'],
              ),
            },
            ['driver'],
          ),
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          results: {
            type: 'array',
            items: object(
              {
                ruleId: { type: 'string' },
                ruleIndex: { type: 'integer', minimum: -1 },
                kind: { enum: ['notApplicable', 'pass', 'fail', 'review', 'open', 'informational'] },
                level: { enum: ['none', 'note', 'warning', 'error'] },
                message,
                locations: {
                  type: 'array',
                  items: object({
                    physicalLocation: object({
                      artifactLocation: object({ uri: { type: 'string', pattern: '^[\\w./~%@-]+$' } }),
                      region: object({ startLine: { type: 'integer', minimum: 1 } }),
                    }),
                    logicalLocations: {
                      type: 'array',
                      items: object({ fullyQualifiedName: { type: 'string' }, kind: { type: 'string' } }),
                    },
                  }),
                },
                partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
                hostedViewerUri: { type: 'string' },
                suppressions: {
                  type: 'array',
                  items: object(
                    {
                      kind: { enum: ['inSource', 'external'] },
                      status: { enum: ['accepted', 'underReview', 'rejected'] },
                      justification: { type: 'string' },
                    },
                    ['kind'],
                  ),
                },
                properties: { type: 'object' },
              },
              ['message'],
            ),
          },
        },
        ['tool'],
      ),
    },
  },
  ['version', 'runs'],
)

const ajv = new Ajv({ formats: { uri: true } })
/** What a log says that SARIF does not know, or lacks; empty: nothing. */
export const sarifFaults = (log: object) => (ajv.validate(sarif, log) ? [] : ajv.errors)
