import { AppointmentsReply } from '#contract/wire/front-desk.ts'
import { appointmentsFor } from '#server/appointments/appointments.ts'
import { contextOf, deviceOf, requireFrontDesk } from '#server/auth.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

export const addAppointments: AddRoute = (app) => {
  app.get(
    '/v1/appointments',
    {
      schema: {
        summary: 'Bookings from yesterday to seven days ahead: codes, services and times',
        response: { 200: AppointmentsReply, ...ERRORS },
      },
    },
    async (request) => {
      requireFrontDesk(deviceOf(request))
      return appointmentsFor(contextOf(request))
    },
  )
}
