// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are HCL’s.
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { HclFault } from '../../../src/cli/import/hcl/cursor.ts'
import { readHcl } from '../../../src/cli/import/hcl/read-body.ts'
import type { Value } from '../../../src/cli/import/hcl/value.ts'
import { NotPlain, type Plain, workOut } from '../../../src/cli/import/hcl/work-out.ts'

const none = { locals: new Map(), variables: new Map() }

const read = (text: string): Value => {
  const value = readHcl(`x = ${text}\n`).attributes.get('x')
  if (!value) throw new Error('There is no x.')
  return value
}

const plain = (text: string): Plain => workOut(read(text), none)

describe('HCL', () => {
  it.each<[string, Plain]>([
    ['"a"', 'a'],
    ['""', ''],
    ['true', true],
    ['null', null],
    ['12', 12],
    ['-1.5e3', -1500],
    [String.raw`"q\"b\\n\n\tu\u00e9\U0001F600"`, 'q"b\\n\n\tué😀'],
    ['"$${x} %%{y} $ % 100%"', '${x} %{y} $ % 100%'],
    ['"a${"b"}c${1}"', 'abc1'],
    ['"${["a"]}"', ['a']],
    ['[]', []],
    ['["a", 1, true,]', ['a', 1, true]],
    ['[ # one\n "a", // two\n /* three\n */ "b"\n]', ['a', 'b']],
    ['{}', {}],
    ['{ a = 1, "b" : 2 }', { a: 1, b: 2 }],
    ['{\n  a = {\n    b = [1]\n  }\n  for = 2 # a key\n}', { a: { b: [1] }, for: 2 }],
    ['("a")', 'a'],
    ['<<EOT\n- "a"\n  b\nEOT', '- "a"\n  b\n'],
    ['<<-EOT\n    - a\n      - b\n\n    EOT', '- a\n  - b\n\n'],
    ['<<-A_1\n  x ${"y"} \\n "q" $${z}\n  A_1\n', 'x y \\n "q" ${z}\n'],
    ['<<EOT\r\na\r\nEOT\r\n', 'a\n'],
  ])('%s is %j', (text, value) => {
    expect(plain(text)).toEqual(value)
  })

  it.each([
    ['jsonencode({ a = 1 })', 'jsonencode({ a = 1 })'],
    ['var.a ? "b" : "c"', 'var.a ? "b" : "c"'],
    ['1 + 2 * -x', '1 + 2 * -x'],
    ['!true', '!true'],
    ['[for x in var.list : upper(x) if x != ""]', '[for x in var.list : upper(x) if x != ""]'],
    ['{ for k, v in var.map : k => v... }', '{ for k, v in var.map : k => v... }'],
    ['aws_x.y[*].id', 'aws_x.y[*].id'],
    ['f(x)[0].name', 'f(x)[0].name'],
    ['"a ${~ b ~} c"', '"a ${~ b ~} c"'],
    ['"%{ if a }b%{ endif }"', '"%{ if a }b%{ endif }"'],
    ['a::b::c(1, list...)', 'a::b::c(1, list...)'],
    ['(\n  a ==\n  b\n)', 'a ==\n  b'],
  ])('%s is left to Terraform', (text, shown) => {
    expect(read(text)).toMatchObject({ kind: 'computed', text: shown })
    expect(() => plain(text)).toThrow(NotPlain)
  })

  it('knows references, with their steps', () => {
    expect(read('a.b-c[0]["d"].1')).toMatchObject({ kind: 'reference', path: ['a', 'b-c', '0', 'd', '1'] })
  })

  it('knows blocks, their labels and their lines', () => {
    const body = readHcl('\uFEFF# c\na "b" c {\n  d = 1\n  e {\n  }\n}\nf { g = 2 }\r\n\n/* x\n*/ h = <<E\n${i}\nE\n')
    expect(body.blocks).toMatchObject([
      { type: 'a', labels: ['b', 'c'], line: 2, blocks: [{ type: 'e', line: 4 }] },
      { type: 'f', labels: [], line: 7 },
    ])
    expect(body.blocks[0]?.attributes.get('d')).toEqual({ kind: 'literal', value: 1, line: 3 })
    expect(body.attributes.get('h')).toMatchObject({ kind: 'template', line: 11 })
  })

  it.each([
    ['a = ', 1, 'A value is missing at the end.'],
    ['a = "b', 1, 'A text does not end in its line at the end.'],
    ['a = "b\n"', 1, 'A text does not end in its line at the end of the line.'],
    ['\na = [1, 2', 2, '`]` is missing at the end.'],
    ['a = [1 2]', 1, '`]` is missing before `2]`.'],
    ['a = { b 1 }', 1, '`=` is missing before `1 }`.'],
    ['a = 1 b = 2', 1, 'The line should end before `b = 2`.'],
    ['a = 1\na = 2', 2, '`a` is given twice before ` 2`.'],
    ['a {\n b = 1\n', 3, '`}` is missing at the end.'],
    ['a "b\n{}', 1, '`=` or `{` should follow `a` before `"b`.'],
    ['a = <<E\nb\n', 3, 'A line with `E` alone is missing at the end.'],
    ['a = << E\nb\nE', 1, 'A name should follow `<<`, and nothing that before `<< E`.'],
    ['a = "${b"', 1, ''],
    ['a = "\\x"', 1, 'There is no such escape before `x"`.'],
    ['a = "\\U99999999"', 1, 'There is no such escape'],
    ['}', 1, 'A name is missing before `}`.'],
    [`a = ${'['.repeat(500)}`, 1, 'It is nested more than 100 deep'],
    [`a = ${'-'.repeat(500)}1`, 1, 'It is nested more than 100 deep'],
    [`a = ${'"${'.repeat(500)}`, 1, 'It is nested more than 100 deep'],
    ['a {\n'.repeat(500), 101, 'It is nested more than 100 deep'],
  ])('says what is wrong with %j, and where', (text, line, message) => {
    const wrong = faultOf(text)
    expect(wrong?.message).toContain(message)
    expect(wrong?.line).toBe(line)
  })

  it('reads back whatever is written', () => {
    const text = fc.string({ unit: 'grapheme' })
    const leaf = fc.oneof(text, fc.boolean(), fc.constant(null), fc.integer())
    const { value } = fc.letrec<{ value: Plain }>((tie) => ({
      value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value')), fc.dictionary(text, tie('value'))),
    }))
    fc.assert(fc.property(value, (written) => expect(plain(asHcl(written))).toEqual(written)))
  })

  it('ends with a value or a fault, whatever it is given', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      '(',
      ')',
      '"',
      '${',
      '%{',
      '<<E\n',
      'E\n',
      '\\',
      '=',
      ',',
      ':',
      '?',
      '\n',
      ' ',
      '#',
      '/*',
    ]
    const words = ['a', 'for', 'in', 'if', '1', '.', '*', '-', '~', '=>', '...', '$', 'é']
    const soup = fc.array(fc.constantFrom(...pieces, ...words), { maxLength: 60 }).map((all) => all.join(''))
    fc.assert(
      fc.property(
        fc.oneof(
          soup,
          soup.map((text) => `a = ${text}`),
          fc.string(),
        ),
        (text) => {
          faultOf(text)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('a name', () => {
  const { blocks } = readHcl('locals {\n a = "x"\n b = [local.a, var.c]\n loop = local.loop\n o = { p = local.b }\n}')
  const names = {
    locals: blocks[0]?.attributes ?? new Map(),
    variables: new Map([
      ['c', read('"y"')],
      ['d', null],
    ]),
  }
  it.each<[string, Plain]>([
    ['local.b', ['x', 'y']],
    ['"${local.a}-${var.c}"', 'x-y'],
    ['local.o.p[1]', 'y'],
  ])('%s is %j', (text, value) => {
    expect(workOut(read(text), names)).toEqual(value)
  })

  it.each([
    ['var.d', '`var.d` has no default'],
    ['var.e', '`var.e` is known to Terraform alone'],
    ['local.loop', '`local.loop` is made of itself'],
    ['local.o.q', 'there is no `q` in it'],
    ['local.o.constructor', 'there is no `constructor` in it'],
    ['path.module', '`path.module` is known to Terraform alone'],
    ['"x${local.b}"', 'a list or an object stands in a text'],
  ])('%s is nothing: %s', (text, why) => {
    expect(() => workOut(read(text), names)).toThrow(new NotPlain(why))
  })
})

function faultOf(text: string): HclFault | null {
  try {
    readHcl(text)
    return null
  } catch (error) {
    if (error instanceof HclFault) return error
    throw error
  }
}

/** JSON escapes as HCL does, but for what begins an interpolation. */
function asHcl(value: Plain): string {
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return `[${value.map(asHcl).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{\n${Object.entries(value)
      .map(([key, each]) => `${quote(key)} = ${asHcl(each)}\n`)
      .join('')}}`
  return String(value)
}

const quote = (text: string): string =>
  JSON.stringify(text)
    .replaceAll('${', () => '$${')
    .replaceAll('%{', () => '%%{')
    .replaceAll(/\\([bf])/g, (_, letter) => (letter === 'b' ? '\\u0008' : '\\u000c'))
