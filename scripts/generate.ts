import { writeFileSync } from 'node:fs'
import { generated } from './generated-files.ts'

for (const [file, text] of generated) {
  writeFileSync(new URL(`../${file}`, import.meta.url), text)
  console.log(`wrote ${file}`)
}
