/** node tests/devices/picture/write-pictures.ts: keeps the papers of today as what they should look like. Look at them first. */
import { writeFileSync } from 'node:fs'
import { PNG } from 'pngjs'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { paperPicture } from '#tests/devices/picture/paper-picture.ts'
import { PICTURED, WIDTHS } from '#tests/devices/picture/pictured-papers.ts'

if (process.env.CI) throw new Error('a build never decides what a paper should look like')
for (const { name, document, papers } of PICTURED) {
  for (const width of WIDTHS) {
    const file = new URL(`../pictures/${name}-${width}.png`, import.meta.url)
    writeFileSync(file, PNG.sync.write(paperPicture(renderDocument(document, width, papers), width), { colorType: 0 }))
    console.log(file.pathname)
  }
}
