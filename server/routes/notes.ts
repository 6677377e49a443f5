import { z } from 'zod'
import { Uuid } from '#contract/events.ts'
import { NotesReply, NotesRequest, VisitNotesReply } from '#contract/wire/texts.ts'
import { contextOf, counterOf, deviceOf } from '#server/auth.ts'
import { readNotes, storeNotes } from '#server/queue/notes.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

export const addNotes: AddRoute = (app) => {
  app.post(
    '/v1/notes',
    {
      schema: {
        summary: 'Texts of notes whose hashes are in pushed events',
        body: NotesRequest,
        response: { 200: NotesReply, ...ERRORS },
      },
    },
    async (request) => {
      const device = deviceOf(request)
      counterOf(device)
      return { taken: await storeNotes(contextOf(request), device, request.body.notes) }
    },
  )
  app.get(
    '/v1/visits/:visitId/notes',
    {
      schema: {
        summary: 'What the own agency noted about a visit, for the holder of its open entry',
        params: z.strictObject({ visitId: Uuid }),
        response: { 200: VisitNotesReply, ...ERRORS },
      },
    },
    async (request) => {
      const device = deviceOf(request)
      return { notes: await readNotes(contextOf(request), device, counterOf(device), request.params.visitId) }
    },
  )
}
