// A walk through the site with types that were generated from the OpenAPI document; tsc checks it before it runs.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

declare const process: { argv: string[] };
const [address, token] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl: address });
const headers = { Authorization: `Bearer ${token}` };

type NewsPage = components["schemas"]["NewsPage"];

function told<Data>(answer: { data?: Data; error?: { detail: string } }): Data {
  if (answer.data === undefined) throw new Error(answer.error?.detail ?? "no answer");
  return answer.data;
}

function isNews(page: { type: string }): page is NewsPage {
  return page.type === "pages.NewsPage";
}

// `type` tells which fields a block has.
function bodyOf(page: NewsPage): string[] {
  const said: string[] = [];
  for (const block of page.body) {
    if (block.type === "heading") said.push(`${block.value.level}: ${block.value.text}`);
    else if (block.type === "text") said.push(block.value);
    else if (block.type === "picture" && block.value.image) {
      said.push(`${block.value.image.alt} ${block.value.image.width}`);
    }
  }
  return said;
}

async function translate(page: NewsPage): Promise<Record<string, number>> {
  const query = { page: page.id, language: "en" as const };
  const states = told(await client.GET("/api/v1/translations/", { headers, params: { query } }));
  const path = { translation_id: states.items[0].id! };
  const segments = told(
    await client.GET("/api/v1/translations/{translation_id}/segments/", { headers, params: { path } }),
  );
  const title = segments.items.find((segment) => segment.context === "title")!;
  const body = { segments: [{ id: title.id, target: "New houses", version: title.version, state: "accepted" as const }] };
  return told(
    await client.POST("/api/v1/translations/{translation_id}/segments/", { headers, params: { path }, body }),
  ).counts;
}

const site = told(await client.GET("/api/v1/site/", { params: { query: { language: "pl" } } }));
const home = told(await client.GET("/api/v1/pages/by-path/", { params: { query: { path: site.home_url } } }));
if (home.type !== "pages.HomePage") throw new Error(`${site.home_url} is no home page`);
const news = told(
  await client.GET("/api/v1/pages/", { params: { query: { type: ["pages.NewsPage"], order: "-date", limit: 1 } } }),
);
const page = told(await client.GET("/api/v1/pages/{page_id}/", { params: { path: { page_id: news.items[0].id } } }));
if (!isNews(page)) throw new Error("this is no news");
const found = told(await client.GET("/api/v1/search/", { params: { query: { q: page.title, language: "pl" } } }));

const seen = {
  home: home.title,
  count: news.count,
  body: bodyOf(page),
  found: found.items.map((hit) => hit.title),
  languages: Object.fromEntries(page.translations.map((one) => [one.language, one.state])),
  verdicts: await translate(page),
};
console.log(JSON.stringify(seen));
