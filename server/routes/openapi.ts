import type { AddRoute } from '#server/routes/mall-app.ts'

export const addOpenApi: AddRoute = (app) => {
  app.get('/openapi.json', { config: { open: true }, schema: { hide: true } }, async () => app.swagger())
}
